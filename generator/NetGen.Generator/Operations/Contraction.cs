using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// The one product that linear and convolution layers are made of, forward and backward. Three tensors are linked by
/// <c>Y[n, oc, o] = Σ X[n, ic, o·stride + k − padding] · W[oc, ic, k]</c> (o, k and x = o·stride + k − padding once for rows, once
/// for columns); <see cref="Target"/> says which of the three is computed from the other two, so that
/// the forward pass, the input gradient and the weight gradient are the same operation read three ways.
/// </summary>
/// <param name="Name">Names the kernel, for example <c>Conv1Forward</c>.</param>
/// <param name="Summary">One plain-English line for the kernel's comment.</param>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="Lanes">The axis whose neighbours share a vector.</param>
/// <param name="Samples">The sample axis.</param>
/// <param name="OutChannels">The oc axis.</param>
/// <param name="InChannels">The ic axes, outermost first: several where a linear layer reads an image.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="Start">What the sum starts from.</param>
/// <param name="Finish">What happens to the sum before it is stored.</param>
internal sealed record Contraction(
    string Name,
    string Summary,
    Target Target,
    Lanes Lanes,
    SampleAxis Samples,
    OutAxis OutChannels,
    EquatableArray<InAxis> InChannels,
    WindowAxis Rows,
    WindowAxis Columns,
    Start Start,
    Finish Finish) : Operation(Name, Summary)
{
    /// <summary>
    /// The sum is a part of a longer one: how many terms of the innermost input axis it takes is known at run time, a multiple of the
    /// axis' extent.
    /// </summary>
    public bool CountsTerms { get; init; }
}

/// <summary>Which tensor a <see cref="Contraction"/> computes.</summary>
internal enum Target
{
    /// <summary>Forward.</summary>
    Output,

    /// <summary>Input gradient.</summary>
    Input,

    /// <summary>Weight gradient.</summary>
    Weight,
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
}

/// <summary>What a sum starts from.</summary>
internal enum Start
{
    /// <summary>Zero: the target is overwritten.</summary>
    Zero,

    /// <summary>The bias of the output channel.</summary>
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

/// <summary>One spatial direction: x = o·Stride + k − Padding, and the floats between neighbours in the three tensors.</summary>
internal readonly record struct WindowAxis(int Output, int Kernel, int Input, int Stride, int Padding, int YStep, int XStep, int WStep)
{
    /// <summary>A direction of extent 1, as in a linear layer.</summary>
    public static WindowAxis One { get; } = new(1, 1, 1, 1, 0, 0, 0, 0);

    /// <summary>Whether some output's window reaches outside of the input.</summary>
    public bool IsPadded => Padding > 0;

    /// <summary>Whether the one output lies on the one input, not on its padding: nothing to slide.</summary>
    public bool IsOne => Output == 1 && Kernel == 1 && Input == 1 && Padding == 0;
}
