using System.Globalization;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A window that slides over an image: what convolutions and poolings share.</summary>
internal sealed record SlidingWindow(Extent Kernel, Extent Stride, Extent Padding)
{
    /// <summary>The window in a few words, for the layer table.</summary>
    public string Details(Extent usualStride) =>
        Kernel + (Stride == usualStride ? "" : $", stride {Short(Stride)}") + (Padding == Extent.Square(0) ? "" : $", padding {Short(Padding)}");

    /// <summary>Numbers that are wrong whatever the input.</summary>
    public IEnumerable<Problem> CheckArguments(string kind) =>
    [
        .. Check.AtLeast(1, kind, "kernelSize", Kernel),
        .. Check.AtLeast(1, kind, "stride", Stride),
        .. Check.AtLeast(0, kind, "padding", Padding),
    ];

    /// <summary>The image of that many channels that the windows make.</summary>
    /// <exception cref="OverflowException">Padding makes it larger than <see cref="int.MaxValue"/> on a side.</exception>
    public Inference Infer(string kind, TensorShape input, int channels) =>
        (Misfit(kind, input, "height", input.Height, Kernel.Height, Stride.Height, Padding.Height)
            ?? Misfit(kind, input, "width", input.Width, Kernel.Width, Stride.Width, Padding.Width)) is { } misfit
        ? misfit
        : checked(TensorShape.Image(
            channels,
            (int)Count(input.Height, Kernel.Height, Stride.Height, Padding.Height),
            (int)Count(input.Width, Kernel.Width, Stride.Width, Padding.Width)));

    /// <summary>The window bound to the images on both sides.</summary>
    public Window Over(TensorShape input, TensorShape output) => new(
        output.Channels,
        input.Channels,
        [
            new(output.Height, Kernel.Height, input.Height, Stride.Height, Padding.Height),
            new(output.Width, Kernel.Width, input.Width, Stride.Width, Padding.Width),
        ]);

    private static string Short(Extent extent) => extent.IsSquare ? extent.Height.ToString(CultureInfo.InvariantCulture) : extent.ToString();

    private static long Count(int size, int kernel, int stride, int padding) => ((size + (2L * padding) - kernel) / stride) + 1;

    private Problem? Misfit(string kind, TensorShape input, string side, int size, int kernel, int stride, int padding)
    {
        long room = size + (2L * padding) - kernel;
        if (room >= 0)
            return null;
        // The quotient is rounded down, so one row too few already gives 0 or less.
        long count = ((room - stride + 1) / stride) + 1;
        string arithmetic = string.Format(
            CultureInfo.InvariantCulture, "({0} + 2·{1} − {2}) / {3} + 1 = {4}", size, padding, kernel, stride, count);
        return Problem.Of(Rules.KernelTooLarge, kind, Kernel.Height, Kernel.Width, input, side, arithmetic).At("kernelSize");
    }
}
