using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>
/// A contraction bound to memory: which axis is lanes, and the floats between neighbours of every axis in the three tensors (o, k and
/// x = o·stride + k − padding once for rows, once for columns).
/// </summary>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="Lanes">The axis whose neighbours share a vector.</param>
/// <param name="Samples">The sample axis.</param>
/// <param name="OutChannels">The oc axis.</param>
/// <param name="InChannels">The ic axes, outermost first: several where a linear layer reads an image.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="Start">What the sum starts from.</param>
/// <param name="Finish">What happens to the sum before it is stored.</param>
internal sealed record StridedContraction(
    Target Target,
    Lanes Lanes,
    SampleAxis Samples,
    OutAxis OutChannels,
    EquatableArray<InAxis> InChannels,
    StridedAxis Rows,
    StridedAxis Columns,
    Start Start,
    Finish Finish) : BoundOperation
{
    public override string Name
    {
        get
        {
            string what = Lanes == Lanes.Channels
                ? FormattableString.Invariant($"Depthwise{Rows.Kernel}x{Columns.Kernel}Of{OutChannels.Extent}x{Rows.Input}x{Columns.Input}{(InChannels.Count == 1 ? "" : $"By{InChannels[0].Extent}")}")
                : IsLinear
                ? FormattableString.Invariant($"Linear{string.Join("x", InChannels.Select(a => a.Extent))}To{OutChannels.Extent}")
                : FormattableString.Invariant($"Conv{Rows.Kernel}x{Columns.Kernel}Of{InChannels[InChannels.Count - 1].Extent}x{Rows.Input}x{Columns.Input}To{OutChannels.Extent}{(Groups.Count > 1 ? $"In{Groups.Count}Groups" : "")}");
            if (Rows.Dilation > 1 || Columns.Dilation > 1)
                what += FormattableString.Invariant($"Dilated{Rows.Dilation}x{Columns.Dilation}");
            return what + Target switch { Target.Output => "", Target.Input => "InputGradient", _ => "WeightGradient" } + (Samples.IsFew ? "Few" : "");
        }
    }

    public override string Summary
    {
        get
        {
            string input = IsLinear
                ? FormattableString.Invariant($"{InChannels.Select(a => a.Extent).Aggregate(1, (a, b) => a * b)}")
                : FormattableString.Invariant($"{InChannels[InChannels.Count - 1].Extent}×{Rows.Input}×{Columns.Input}");
            string groups = Groups.Count > 1 ? FormattableString.Invariant($" in each of {Groups.Count} groups") : "";
            string output = IsLinear
                ? FormattableString.Invariant($"{OutChannels.Extent}")
                : FormattableString.Invariant($"{OutChannels.Extent}×{Rows.Output}×{Columns.Output}, kernel {Rows.Kernel}×{Columns.Kernel}");
            return Target switch { Target.Output => "", Target.Input => "Input gradient of ", _ => "Weight gradient of " } + (Lanes == Lanes.Channels ? Channelwise : input + " → " + output + groups) + ".";
        }
    }

    public override Work Work => Samples.Extent != 0 || Lanes == Lanes.Samples ? Work.Group : Target == Target.Weight ? Work.Pieces : Work.Samples;

    /// <summary>How many samples there are is known at run time.</summary>
    public bool CountsSamples => Samples.Extent == 0 && Lanes != Lanes.Samples;

    /// <summary>A loop around all of it: the products of groups of channels.</summary>
    public GroupAxis Groups { get; init; }

    private bool IsLinear => Rows.IsOne && Columns.IsOne;

    private string Channelwise => FormattableString.Invariant(
        $"{OutChannels.Extent} channels of {Rows.Input}×{Columns.Input}, each from {(InChannels.Count == 1 ? "its own" : $"{InChannels[0].Extent} of its group")}, kernel {Rows.Kernel}×{Columns.Kernel}");

    /// <summary>
    /// The sum is a part of a longer one: how many terms of the innermost input axis it takes is known at run time, a multiple of the
    /// axis' extent.
    /// </summary>
    public bool CountsTerms { get; init; }
}

/// <summary>The axis whose 16 neighbours lie side by side.</summary>
internal enum Lanes
{
    /// <summary>16 samples side by side: X and Y hold lanes.</summary>
    Samples,

    /// <summary>Output channels: Y and W hold lanes.</summary>
    OutChannels,

    /// <summary>Input channels: X and W hold lanes.</summary>
    InChannels,

    /// <summary>Output channels, each of which meets an input channel of its own: X, W and Y hold lanes.</summary>
    Channels,
}

/// <summary>What a sum starts from.</summary>
internal enum Start
{
    /// <summary>Zero: the target is overwritten.</summary>
    Zero,

    /// <summary>The bias of the channel that is computed.</summary>
    Bias,

    /// <summary>What the target holds.</summary>
    Target,
}

/// <summary>What happens to a finished sum on its way to memory.</summary>
internal enum Finish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>Times ReLU's derivative, told from its stored output.</summary>
    ReLUGradient,

    /// <summary>Times the sigmoid's derivative y·(1 − y), from its stored output.</summary>
    SigmoidGradient,

    /// <summary>Times tanh's derivative 1 − y², from its stored output.</summary>
    TanhGradient,
}

/// <summary>
/// Samples: their number (0: known at run time) and the floats between neighbours in X and Y. Few samples are taken one by one, since
/// sharing weights between them would not pay for the kernels it takes.
/// </summary>
internal readonly record struct SampleAxis(int Extent, int XStep, int YStep, bool IsFew = false);

/// <summary>Output channels and the floats between neighbours in Y and W.</summary>
internal readonly record struct OutAxis(int Extent, int YStep, int WStep);

/// <summary>Input channels and the floats between neighbours in X and W.</summary>
internal readonly record struct InAxis(int Extent, int XStep, int WStep);

/// <summary>Groups: their number (0 or 1: there are none), and the floats between neighbours in X, W, Y and the bias.</summary>
internal readonly record struct GroupAxis(int Count, int XStep, int WStep, int YStep, int BiasStep);

/// <summary>One spatial direction: x = o·Stride + k·Dilation − Padding, and the floats between neighbours in the three tensors.</summary>
internal readonly record struct StridedAxis(int Output, int Kernel, int Input, int Stride, int Padding, int YStep, int XStep, int WStep, int Dilation = 1)
{
    /// <summary>A direction of extent 1, as in a linear layer.</summary>
    public static StridedAxis One { get; } = new(1, 1, 1, 1, 0, 0, 0, 0);

    /// <summary>A direction of a window, bound to memory.</summary>
    public static StridedAxis Of(Operations.WindowAxis axis, int yStep, int xStep, int wStep) =>
        new(axis.Output, axis.Kernel, axis.Input, axis.Stride, axis.Before, yStep, xStep, wStep, axis.Dilation);

    /// <summary>Whether some output's window reaches outside of the input.</summary>
    public bool IsPadded => Padding > 0 || ((Output - 1) * Stride) + ((Kernel - 1) * Dilation) >= Input;

    /// <summary>Whether the one output lies on the one input, not on its padding: nothing to slide.</summary>
    public bool IsOne => Output == 1 && Kernel == 1 && Input == 1 && Padding == 0;
}
