using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>The drivers of a network's wide layers: a class of their own, the same at every level of instructions. Equal layers share one.</summary>
internal sealed class DriverSet
{
    /// <summary>The emitted class.</summary>
    public const string ClassName = "Drivers";

    private readonly Dictionary<(string Parameters, string Body), string> names = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<string> methods = [];
    private readonly Dictionary<WideNumbers, string> numbers = [];
    private readonly Dictionary<string, int> lastNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<BoundOperation, Kernel> known = [];

    /// <summary>The shared methods that the drivers call.</summary>
    public WideNeeds Needs { get; private set; } = WideNeeds.None;

    /// <summary>Floats that a worker must have for itself.</summary>
    public int Scratch { get; private set; }

    /// <summary>No layer is wide.</summary>
    public bool IsEmpty => methods.Count == 0 && numbers.Count == 0;

    /// <summary>The driver of an operation; null: it needs a kernel of its own at each level.</summary>
    public Kernel? KernelOf(BoundOperation operation)
    {
        if (known.TryGetValue(operation, out Kernel? kernel))
            return kernel;
        if (SharedCalls.Of(operation) is { } call)
            return Add(operation, call);
        if (Write(operation) is not { } driver)
            return null;
        if (operation is WideContraction { Groups: > 1 } grouped)
            driver = GroupDriver.Write(grouped, driver, NameOf(driver, operation.Name + "Group"));
        Needs = Needs.And(driver.Needs);
        Scratch = Math.Max(Scratch, driver.Scratch);
        kernel = new Kernel($"{ClassName}.{NameOf(driver, operation.Name)}", HasFloor: operation is WideContraction { Epilogue.HasLowest: true })
        {
            Pieces = driver.Pieces.Text,
            CountsSamples = true,
            HasScratch = driver.Scratch > 0,
        };
        known.Add(operation, kernel);
        return kernel;
    }

    /// <summary>Writes the class's members: the methods, then the numbers of layers that need no method of their own.</summary>
    public void Write(SourceWriter w)
    {
        for (var i = 0; i < methods.Count; i++)
            (i == 0 ? w : w.Line()).Line(methods[i]);
        if (numbers.Count == 0)
            return;
        (methods.Count == 0 ? w : w.Line()).Line("// Extents, and steps in floats, of what is done by shared methods alone.");
        foreach (KeyValuePair<WideNumbers, string> one in numbers)
            w.Line($"internal static {one.Key.Type} {one.Value} => new() {{ {one.Key.Members} }};");
    }

    /// <summary>The name of a driver: the wanted one, with a number if another has it.</summary>
    private string NameOf(WideDriver driver, string wanted)
    {
        if (names.TryGetValue((driver.Parameters, driver.Body), out string? known))
            return known;
        string name = wanted;
        for (var number = 2; !taken.Add(name); number++)
            name = $"{wanted}_{Literal.Of(number)}";
        names.Add((driver.Parameters, driver.Body), name);
        methods.Add(driver.Write(name));
        return name;
    }

    /// <summary>The name of a layer's numbers: the struct's, with a number of its own.</summary>
    private string NameOf(WideNumbers wanted)
    {
        if (!numbers.TryGetValue(wanted, out string? name))
        {
            int number = lastNumbers.TryGetValue(wanted.Struct, out int last) ? last + 1 : 1;
            lastNumbers[wanted.Struct] = number;
            name = wanted.Struct + Literal.Of(number);
            numbers.Add(wanted, name);
        }
        return $"{ClassName}.{name}";
    }

    /// <summary>A kernel that is called without a driver.</summary>
    private Kernel Add(BoundOperation operation, WideCall call)
    {
        Needs = Needs.And(call.Needs);
        Scratch = Math.Max(Scratch, call.Scratch);
        var kernel = new Kernel($"Wide.{call.Method}", call.IsRandom, call.HasFloor)
        {
            Pieces = call.Pieces.Text,
            CountsSamples = true,
            Numbers = call.Arguments(NameOf),
            HasScratch = call.Scratch > 0,
        };
        known.Add(operation, kernel);
        return kernel;
    }

    private static WideDriver? Write(BoundOperation operation) => operation switch
    {
        WideContraction { Target: Target.Output } c => ForwardDriver.Write(c.Convolution, c.X, c.Y, c.Epilogue),
        WideContraction { Target: Target.Input } c => InputGradientDriver.Write(c.Convolution, c.Y, c.X, c.Epilogue),
        WideContraction c => WeightGradientDriver.Write(c.Convolution, c.X, c.Y, c.Epilogue.Adds),
        HaloZeros z => HaloDriver.Write(z.Channels, z.Height, z.Width, z.Steps, z.Halo),
        _ => null,
    };
}
