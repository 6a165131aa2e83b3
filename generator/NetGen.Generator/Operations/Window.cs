using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Which inputs an output of a convolution, a linear layer or a pooling sees.</summary>
/// <param name="Out">Output channels.</param>
/// <param name="In">Input channels: of a linear layer all features.</param>
/// <param name="Axes">The directions in which the window slides, outermost first; none for a linear layer.</param>
internal sealed record Window(int Out, int In, EquatableArray<WindowAxis> Axes)
{
    /// <summary>No direction to slide in.</summary>
    public bool IsLinear => Axes.Count == 0;
}

/// <summary>One direction: x = o·Stride + k − Before, 0 ≤ x &lt; Input.</summary>
/// <param name="Output">Outputs.</param>
/// <param name="Kernel">Taps.</param>
/// <param name="Input">Inputs.</param>
/// <param name="Stride">Inputs between neighbouring outputs.</param>
/// <param name="Before">Zeros before the first input.</param>
internal readonly record struct WindowAxis(int Output, int Kernel, int Input, int Stride, int Before)
{
    /// <summary><c>5</c>, or <c>5/2</c> with a stride, for listings.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kernel}{(Stride == 1 ? "" : "/" + Stride)}{(Before == 0 ? "" : "+" + Before)}");
}
