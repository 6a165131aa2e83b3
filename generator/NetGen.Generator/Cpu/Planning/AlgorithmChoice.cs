using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Chooses how each product is computed: the cheapest of what the algorithms propose, in cycles of one sample forward. It is chosen once for all
/// passes, since it says how the weights lie.
/// </summary>
internal static class AlgorithmChoice
{
    /// <summary>Multiply-adds in a cycle where nothing waits: of the narrowest vectors that wide layers are measured on.</summary>
    private const double PeakSpeed = 16;

    /// <summary>The weights whose products go through the kernels of wide layers.</summary>
    /// <param name="program">Forward and backward.</param>
    /// <param name="batches">How activations lie.</param>
    /// <param name="prefersWide">For tests: wherever it can be done.</param>
    public static HashSet<int> Wide(NetworkProgram program, Layout batches, bool prefersWide)
    {
        Contraction[] forward = [.. program.Forward.OfType<Contraction>()];
        HashSet<int> wide = [];
        if (batches != Layout.ChannelsLast)
            return wide;
        bool IsCheaper(Contraction c) => prefersWide || Shared(c) < Literal(c);
        HashSet<int> dense = [.. Dense(program)];
        wide.UnionWith(forward.Where(c => !c.Window.IsLinear && CanBeWide(c.Window) && IsCheaper(c) && CanReadHalos(program, c.W, dense)).Select(c => c.W));
        wide.ExceptWith(forward.Where(c => !c.Window.IsLinear && !CanBeWide(c.Window)).Select(c => c.W));
        Dictionary<int, WideHalo> halos = WideShapes.Halos(program, PartPlaces.None, c => wide.Contains(WeightOf(program, c)));
        wide.UnionWith(forward.Where(c => c.Window.IsLinear && (IsCheaper(c) || !IsRun(program, c.W, halos))).Select(c => c.W));
        return wide;
    }

    /// <summary>Drivers know strides or dilations, not both. Groups are done one after the other where they are whole panels, or all at once where every output channel has an input channel of its own.</summary>
    private static bool CanBeWide(Window window) => (window.Axes.All(axis => axis.Stride == 1) || window.Axes.All(axis => axis.Dilation == 1)) && AreWhole(window);

    private static bool AreWhole(Window window) =>
        window.Groups == 1 || window.IsDepthwise
        || (window.InOfGroup % InstructionSet.Block == 0 && (window.OutOfGroup == InstructionSet.Block || window.OutOfGroup % WeightLayouts.PanelColumns == 0));

    /// <summary>Of wide products, those that Winograd's transformations make cheaper, for one sample already.</summary>
    /// <param name="program">Forward and backward.</param>
    /// <param name="wide">Weights of wide products.</param>
    /// <param name="prefersWinograd">For tests: wherever it can be done.</param>
    public static HashSet<int> Winograd(NetworkProgram program, HashSet<int> wide, bool prefersWinograd) =>
        [.. program.Forward.OfType<Contraction>().Where(c => wide.Contains(c.W) && c.Window is { IsLinear: false, Groups: 1 } && IsWinogradCheaper(c, prefersWinograd)).Select(c => c.W)];

    private static bool IsWinogradCheaper(Contraction c, bool prefersWinograd)
    {
        WideConvolution convolution = WideShapes.Of(c, default, false);
        return WinogradTiles.Suits(Target.Output, convolution) && (prefersWinograd || Transformed(new(Target.Output, convolution)) < Shared(c));
    }

    /// <summary>Products of tiles, and the transformations of inputs, outputs and, for each block of tiles, weights.</summary>
    private static double Transformed(WinogradTiles t)
    {
        const double Input = 32, Output = 24, Weights = 32, VectorFloats = 8, Speed = 0.88;
        double weights = (double)t.In * t.Panels * 32, blocks = Math.Ceiling((double)t.PerImage / t.Block);
        return (WinogradTiles.Matrices * t.PerImage * weights / (PeakSpeed * Speed))
            + (t.PerImage * ((t.In * Input) + (t.Panels * 32 * Output)) / VectorFloats)
            + (blocks * weights * Weights / VectorFloats);
    }

    /// <summary>The parameter that a product, or its gradient, belongs to.</summary>
    private static int WeightOf(NetworkProgram program, Contraction c) => program.Values[c.W].GradientOf is >= 0 and var weight ? weight : c.W;

    /// <summary>
    /// Tiles of literals: all speed while the weights stay in the first-level cache, and then less and less. A linear layer's are used by all
    /// samples of a block while they are near.
    /// </summary>
    private static double Literal(Contraction c)
    {
        // Depthwise tiles have a text for each layer and are no faster.
        if (c.Window.IsDepthwise && c.Window.Out > InstructionSet.Block)
            return double.MaxValue;
        const int NearWeights = 8 * 1024, NearLinearWeights = 512 * 1024;
        const double MostText = 1e6;
        double work = MultiplyAdds(c);
        bool isNear = Weights(c) <= (c.Window.IsLinear ? NearLinearWeights : NearWeights);
        // A large image has so many kinds of edges that its tiles are more text than their speed is worth.
        bool isShort = c.Window.IsLinear || work <= MostText;
        return work / (PeakSpeed * (isNear && isShort ? 0.95 : 0.5));
    }

    /// <summary>Tiles whose numbers are arguments: a call for each line and panel.</summary>
    private static double Shared(Contraction c)
    {
        const double Call = 60;
        int panels = c.Window.IsDepthwise ? 1 : c.Window.Groups * WideConvolution.Panels(c.Window.OutOfGroup), lines = c.Window.IsLinear ? 1 : c.Window.Axes[0].Output;
        return (MultiplyAdds(c) / (PeakSpeed * 0.92)) + (Call * panels * lines);
    }

    private static double Weights(Contraction c) => (double)c.Window.InOfGroup * c.Window.Out * c.Window.Axes.Aggregate(1.0, (all, axis) => all * axis.Kernel);

    private static double MultiplyAdds(Contraction c) =>
        (double)c.Window.InOfGroup * Layouts.Padded(c.Window.Out) * c.Window.Axes.Aggregate(1.0, (all, axis) => all * axis.Kernel * axis.Output);

    /// <summary>Values whose images must lie without anything around them.</summary>
    public static IEnumerable<int> Dense(NetworkProgram program) => program.Forward.Concat(program.Backward).Concat(program.InputGradient)
        .Where(o => o is Softmax { IsPerPixel: false } or SoftmaxGradient { IsPerPixel: false } || (o is BatchStatistics or Normalize or NormalizeParameterGradient or NormalizeInputGradient && o.Reads.Concat(o.Writes).Any(id => program.Values[id].Shape is { IsFlat: true, Area: > 1 })))
        .SelectMany(o => o.Reads.Concat(o.Writes)).Select(program.Root);

    /// <summary>Whether zeros may lie around what the products of a weight read.</summary>
    private static bool CanReadHalos(NetworkProgram program, int weight, HashSet<int> dense) => Of(program, weight)
        .Select(WideShapes.Read)
        .All(read => read.Halo == default || !dense.Contains(program.Root(read.Value)));

    /// <summary>Whether the image that a linear layer reads is one run of features: nothing else reads it with what lies around it.</summary>
    private static bool IsRun(NetworkProgram program, int weight, Dictionary<int, WideHalo> halos) =>
        Of(program, weight).All(c => !halos.TryGetValue(program.Root(c.X), out WideHalo halo) || halo == default);

    private static IEnumerable<Contraction> Of(NetworkProgram program, int weight) => program.Forward.Concat(program.Backward).Concat(program.InputGradient)
        .OfType<Contraction>().Where(c => WeightOf(program, c) == weight);
}
