using System.Globalization;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A window that slides over an image: what convolutions and poolings share.</summary>
internal sealed record SlidingWindow(Extent Kernel, Extent Stride, Extent Padding)
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Extent Dilation { get; init; } = Extent.Square(1);

    /// <summary>The window in a few words, for the layer table.</summary>
    public string Details(Extent usualStride) =>
        Kernel + (Stride == usualStride ? "" : $", stride {Short(Stride)}") + (Padding == Extent.Square(0) ? "" : $", padding {Short(Padding)}")
        + (Dilation == Extent.Square(1) ? "" : $", dilation {Short(Dilation)}");

    /// <summary>Numbers that are wrong whatever the input.</summary>
    public IEnumerable<Problem> CheckArguments(string kind) =>
    [
        .. Check.AtLeast(1, kind, "kernelSize", Kernel),
        .. Check.AtLeast(1, kind, "stride", Stride),
        .. Check.AtLeast(0, kind, "padding", Padding),
        .. Check.AtLeast(1, kind, "dilation", Dilation),
    ];

    /// <summary>The image of that many channels that the windows make.</summary>
    /// <exception cref="OverflowException">Padding makes it larger than <see cref="int.MaxValue"/> on a side.</exception>
    public Inference Infer(string kind, TensorShape input, int channels) =>
        (Misfit(kind, input, "height", input.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height)
            ?? Misfit(kind, input, "width", input.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width)) is { } misfit
        ? misfit
        : checked(TensorShape.Image(
            channels,
            (int)Count(input.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height),
            (int)Count(input.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width)));

    /// <summary>The window bound to the images on both sides.</summary>
    public Window Over(TensorShape input, TensorShape output, int groups = 1) => new(
        output.Channels,
        input.Channels,
        [
            new(output.Height, Kernel.Height, input.Height, Stride.Height, Padding.Height, Apart(Kernel.Height, Dilation.Height)),
            new(output.Width, Kernel.Width, input.Width, Stride.Width, Padding.Width, Apart(Kernel.Width, Dilation.Width)),
        ],
        groups);

    private static string Short(Extent extent) => extent.IsSquare ? extent.Height.ToString(CultureInfo.InvariantCulture) : extent.ToString();

    /// <summary>A single tap has nothing between it and a next one.</summary>
    private static int Apart(int kernel, int dilation) => kernel == 1 ? 1 : dilation;

    private static long Count(int size, int kernel, int stride, int padding, int dilation) => (Room(size, kernel, padding, dilation) / stride) + 1;

    /// <summary>How far a window can be moved.</summary>
    private static long Room(int size, int kernel, int padding, int dilation) => size + (2L * padding) - (dilation * (kernel - 1L)) - 1;

    private Problem? Misfit(string kind, TensorShape input, string side, int size, int kernel, int stride, int padding, int dilation)
    {
        long room = Room(size, kernel, padding, dilation);
        if (room >= 0)
            return null;
        // The quotient is rounded down, so one row too few already gives 0 or less.
        long count = ((room - stride + 1) / stride) + 1;
        string arithmetic = string.Format(
            CultureInfo.InvariantCulture, dilation == 1 ? "({0} + 2·{1} − {2}) / {3} + 1 = {4}" : "({0} + 2·{1} − {5}·({2} − 1) − 1) / {3} + 1 = {4}", size, padding, kernel, stride, count, dilation);
        return Problem.Of(Rules.KernelTooLarge, kind, Kernel.Height, Kernel.Width, input, side, arithmetic).At("kernelSize");
    }
}
