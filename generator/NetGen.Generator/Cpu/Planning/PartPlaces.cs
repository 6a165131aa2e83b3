using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Which parts of concatenations are made where the whole lies, and which gradients of parts are left there: nothing is copied then. All are
/// named by the values whose memory they would be.
/// </summary>
internal sealed class PartPlaces
{
    private readonly Dictionary<int, (int Whole, int First)> places = [];

    /// <summary>None are.</summary>
    public static PartPlaces None { get; } = new();

    /// <summary>As many as can be.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="layouts">How its values lie: of whole vectors where channels are side by side, since kernels store no others.</param>
    public static PartPlaces Of(NetworkProgram program, ValueLayouts layouts)
    {
        var all = new PartPlaces();
        HashSet<int> fixedPlaces = [program.Root(program.Input), .. program.GradientOfInput < 0 ? [] : new[] { program.Root(program.GradientOfInput) }];
        HashSet<int> runs = Runs(program);
        foreach (Operation operation in program.Forward.Concat(program.Backward).Concat(program.InputGradient))
        {
            if (operation is Concatenation whole)
            {
                for (int i = 0, first = 0; i < whole.Parts.Count; first += whole.Channels[i++])
                    Try(whole.Parts[i], whole.Y, first, whole.Channels[i]);
            }
            else if (operation is ChannelRange range)
            {
                Try(range.Y, range.X, range.First, range.Channels);
            }
        }
        return all;

        void Try(int part, int whole, int first, int channels)
        {
            (int partRoot, int wholeRoot) = (program.Root(part), program.Root(whole));
            TensorShape shape = program.Values[partRoot].Shape, around = program.Values[wholeRoot].Shape;
            bool isPart = shape.Channels == channels && (shape.Height, shape.Width) == (around.Height, around.Width);
            bool isFree = !all.places.ContainsKey(partRoot) && all.WholeOf(wholeRoot) != partRoot && !fixedPlaces.Contains(partRoot) && !fixedPlaces.Contains(wholeRoot);
            bool isLast = first + channels == around.Channels;
            bool fillsVectors = layouts.AreLanes || (IsWhole(first) && (isLast || IsWhole(channels)) && layouts.Of(partRoot) == Layout.ChannelsLast && layouts.Of(wholeRoot) == Layout.ChannelsLast);
            if (isPart && isFree && fillsVectors && !runs.Contains(partRoot) && !runs.Contains(wholeRoot))
                all.places.Add(partRoot, (wholeRoot, first));
        }
    }

    /// <summary>Whether a value is made within another.</summary>
    public bool IsPart(int root) => places.ContainsKey(root);

    /// <summary>Whether a value is made within another, from that channel on: there is nothing to copy.</summary>
    public bool Is(int part, int whole, int first) => places.TryGetValue(part, out (int Whole, int First) place) && place == (whole, first);

    /// <summary>The value with memory of its own that a value is made in: itself or another.</summary>
    public int WholeOf(int root) => places.TryGetValue(root, out (int Whole, int First) place) ? WholeOf(place.Whole) : root;

    /// <summary>Channels before it there.</summary>
    public int FirstOf(int root) => places.TryGetValue(root, out (int Whole, int First) place) ? place.First + FirstOf(place.Whole) : 0;

    private static bool IsWhole(int channels) => Layouts.Padded(channels) == channels;

    /// <summary>Images that are also read as one run of features: other channels between their pixels would not do.</summary>
    private static HashSet<int> Runs(NetworkProgram program)
    {
        IEnumerable<int> views = program.Values.Where(value => value.Shape != program.Values[program.Root(value.Id)].Shape).Select(value => program.Root(value.Id));
        return [.. views.Concat(AlgorithmChoice.Dense(program)).Where(root => program.Values[root].Shape.Area > 1)];
    }
}
