using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Which inputs an output of a convolution, a linear layer or a pooling sees.</summary>
/// <param name="Out">Output channels.</param>
/// <param name="In">Input channels: of a linear layer all features.</param>
/// <param name="Axes">The directions in which the window slides, outermost first; none for a linear layer.</param>
/// <param name="Groups">Groups of channels: an output sees the input channels of its own group only.</param>
internal sealed record Window(int Out, int In, EquatableArray<WindowAxis> Axes, int Groups = 1)
{
    /// <summary>Output channels of a group.</summary>
    public int OutOfGroup => Out / Groups;

    /// <summary>Input channels of a group, which an output sees.</summary>
    public int InOfGroup => In / Groups;

    /// <summary>Every output channel sees a single input channel among several: depthwise, also with a channel multiplier.</summary>
    public bool IsDepthwise => Groups > 1 && InOfGroup == 1;

    /// <summary>No direction to slide in.</summary>
    public bool IsLinear => Axes.Count == 0;
}

/// <summary>One direction: x = o·Stride + k·Dilation − Before, 0 ≤ x &lt; Input.</summary>
/// <param name="Output">Outputs.</param>
/// <param name="Kernel">Taps.</param>
/// <param name="Input">Inputs.</param>
/// <param name="Stride">Inputs between neighbouring outputs.</param>
/// <param name="Before">Zeros before the first input.</param>
/// <param name="Dilation">Inputs between neighbouring taps.</param>
internal readonly record struct WindowAxis(int Output, int Kernel, int Input, int Stride, int Before, int Dilation = 1)
{
    /// <summary><c>5</c>, or <c>5/2</c> with a stride, <c>5·2</c> with a dilation, for listings.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kernel}{(Stride == 1 ? "" : "/" + Stride)}{(Dilation == 1 ? "" : "·" + Dilation)}{(Before == 0 ? "" : "+" + Before)}");
}
