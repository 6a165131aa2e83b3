using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// What a network's passes call: drivers of wide layers, and for the other operations an entry each, a name with a method behind it at every level
/// of instructions. The passes are written once, for a type parameter that stands for the level.
/// </summary>
internal sealed class KernelTable(DriverSet drivers, CancellationToken cancellation)
{
    /// <summary>The interface that the levels' types have in common.</summary>
    public const string Interface = "IKernels";

    /// <summary>The passes' type parameter.</summary>
    public const string Level = "K";

    private readonly LevelKernels[] levels = [.. InstructionSet.All.Select(level => new LevelKernels(level))];
    private readonly Dictionary<BoundOperation, Kernel> known = [];
    private readonly Dictionary<string, Entry> entriesByMethods = new(StringComparer.Ordinal);
    private readonly List<Entry> entries = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The levels, best first.</summary>
    public IReadOnlyList<LevelKernels> Levels => levels;

    /// <summary>Floats that a worker must have for itself, by the kernels known so far.</summary>
    public int WorkerScratch => Layouts.Padded(drivers.Scratch);

    /// <summary>Some of it is done by kernels that a whole project shares.</summary>
    public bool CallsShared => !drivers.IsEmpty;

    /// <summary>Nothing depends on the level: the passes call drivers only.</summary>
    public bool IsEmpty => entries.Count == 0;

    /// <summary>What the passes call for an operation.</summary>
    public Kernel KernelOf(BoundOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (known.TryGetValue(operation, out Kernel? kernel))
            return kernel;
        kernel = drivers.KernelOf(operation) ?? Add(operation);
        known.Add(operation, kernel);
        return kernel;
    }

    private Kernel Add(BoundOperation operation)
    {
        Kernel[] methods = [.. levels.Select(level => level.Add(operation))];
        string key = string.Join("/", methods.Select(method => $"{method.Name}:{method.Pieces}"));
        if (!entriesByMethods.TryGetValue(key, out Entry? entry))
        {
            entry = new(NewName(methods[0].Name), methods, levels[0].ParametersOf(methods[0].Name));
            entriesByMethods.Add(key, entry);
            entries.Add(entry);
        }
        return methods[0] with { Name = $"{Level}.{entry.Name}", Pieces = entry.HasOwnPieces ? $"{Level}.{entry.PiecesName}" : methods[0].Pieces };
    }

    private string NewName(string wanted)
    {
        string name = wanted;
        for (var number = 2; !names.Add(name); number++)
            name = $"{wanted}_{Literal.Of(number)}";
        return name;
    }

    /// <summary>Writes the interface.</summary>
    public void WriteInterface(SourceWriter w)
    {
        using (w.Open($"internal interface {Interface}"))
        {
            foreach (Entry entry in entries)
            {
                w.Line($"static abstract void {entry.Name}({Parameter.Declare(entry.Parameters)});");
                if (entry.HasOwnPieces)
                    w.Line($"static abstract int {entry.PiecesName} {{ get; }}");
            }
        }
    }

    /// <summary>Writes a level's type.</summary>
    public void WriteLevel(SourceWriter w, int number)
    {
        LevelKernels level = levels[number];
        using (w.Open($"internal readonly struct {level.Level.Name} : {Interface}"))
        {
            // Two operations may share a method at one level and not at another; the second then gets its name here.
            foreach (Entry entry in entries.Where(entry => !entry.IsMethod(number)))
                w.Line($"static void {Interface}.{entry.Name}({Parameter.Declare(entry.Parameters)}) => {entry.Methods[number].Name}({Parameter.Pass(entry.Parameters)});").Line();
            foreach (Entry entry in entries.Where(entry => entry.HasOwnPieces))
                w.Line($"public static int {entry.PiecesName} => {entry.Methods[number].Pieces};").Line();
            level.Write(w, new HashSet<string>(entries.Where(entry => entry.IsMethod(number)).Select(entry => entry.Name), StringComparer.Ordinal));
        }
    }

    /// <param name="Name">What the passes call.</param>
    /// <param name="Methods">What that is at each level.</param>
    /// <param name="Parameters">The same at each.</param>
    private sealed record Entry(string Name, Kernel[] Methods, IReadOnlyList<Parameter> Parameters)
    {
        /// <summary>Levels cut the work into different numbers of pieces.</summary>
        public bool HasOwnPieces => Methods.Any(method => method.Pieces != Methods[0].Pieces);

        public string PiecesName => Name + "Pieces";

        /// <summary>The level's method has the entry's name.</summary>
        public bool IsMethod(int level) => Methods[level].Name == Name;
    }
}
