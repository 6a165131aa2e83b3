namespace NetGen;

/// <summary>Padding by a rule instead of numbers, for the argument <c>padding</c> of convolutions and poolings: <c>[Conv2d(64, 3, padding: Padding.Same)]</c>.</summary>
/// <remarks>Where there are numbers for rows and columns, each may be one of these.</remarks>
public static class Padding
{
    /// <summary>None: windows that lie wholly on the image.</summary>
    public const int Valid = 0;

    /// <summary>
    /// Such that the output has ⌈size / stride⌉ pixels: (outputs − 1)·stride + dilation·(kernel − 1) + 1 − size in all, at least 0, half of it on each side, and an odd
    /// one below or at the right. Without strides PyTorch's <c>padding='same'</c>, with strides TensorFlow's <c>"SAME"</c>.
    /// </summary>
    public const int Same = int.MinValue;

    /// <summary>dilation·(kernel − 1) on each side: every window that sees a pixel of the image.</summary>
    public const int Full = int.MinValue + 1;
}
