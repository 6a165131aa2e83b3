using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A window that slides over a signal, an image or a volume: what convolutions and poolings share.</summary>
/// <param name="Rank">Dimensions: 1 to 3.</param>
/// <param name="Kernel">Its size.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">What is put around.</param>
internal sealed record SlidingWindow(int Rank, Extent Kernel, Extent Stride, WindowPadding Padding)
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Extent Dilation { get; init; } = Extent.One;

    /// <summary>What windows leave at the end gets one more, which reaches beyond it.</summary>
    public bool RoundsUp { get; init; }

    public SlidingAxis Rows => new(Kernel.Height, Stride.Height, Padding.Rows, Dilation.Height, RoundsUp);

    public SlidingAxis Columns => new(Kernel.Width, Stride.Width, Padding.Columns, Dilation.Width, RoundsUp);

    public SlidingAxis Slices => new(Kernel.Depth, Stride.Depth, Padding.Slices, Dilation.Depth, RoundsUp);

    /// <summary>The directions, outermost first.</summary>
    public SlidingAxis[] Axes => Rank switch { 1 => [Columns], 2 => [Rows, Columns], _ => [Slices, Rows, Columns] };

    /// <summary>Reads the window of a layer: its stride is <paramref name="usualStride"/>, or where that is null the kernel, unless it says another.</summary>
    public static SlidingWindow Read(LayerArguments arguments, int rank, Extent? usualStride)
    {
        Extent kernel = arguments.Extent("kernelSize", rank);
        return new(rank, kernel, arguments.OptionalExtent("stride", rank) ?? usualStride ?? kernel, arguments.Padding("padding", rank))
        {
            Dilation = arguments.OptionalExtent("dilation", rank) ?? Extent.One,
        };
    }

    /// <summary>The window in a few words, for the layer table.</summary>
    public string Details(Extent usualStride) =>
        Kernel.Text(Rank) + (Stride == usualStride ? "" : $", stride {Stride.ShortText(Rank)}") + (Padding == WindowPadding.None ? "" : $", padding {Padding.Text(Rank)}")
        + (Dilation == Extent.One ? "" : $", dilation {Dilation.ShortText(Rank)}") + (RoundsUp ? ", rounded up" : "");

    /// <summary>Numbers that are wrong whatever the input.</summary>
    public IEnumerable<Problem> CheckArguments(string kind) =>
    [
        .. Check.AtLeast(1, kind, "kernelSize", Kernel),
        .. Check.AtLeast(1, kind, "stride", Stride),
        .. Check.AtLeast(0, kind, "padding", Padding.Least),
        .. Check.AtLeast(1, kind, "dilation", Dilation),
    ];

    /// <summary>The padding around a signal, an image or a volume.</summary>
    public Edges Around(TensorShape input)
    {
        ((int top, int bottom), (int left, int right), (int front, int back)) = (Rows.Around(input.SliceHeight), Columns.Around(input.Width), Slices.Around(input.Depth));
        return new(left, right, top, bottom, front, back);
    }

    /// <summary>The signal or image that the window slides over, made by an operation of its own where it is more than zeros that lie around it, and the window over that.</summary>
    public (int X, SlidingWindow Window) OnPadded(ProgramBuilder program, int x, ResamplingKind mode)
    {
        Edges edges = Around(program.Shape(x));
        return mode == ResamplingKind.Zeros || edges == default
            ? (x, this)
            : (ResampleLayer.Describe(program, x, mode, edges, "padded"), this with { Padding = WindowPadding.None });
    }

    /// <summary>What the windows make, of so many channels.</summary>
    /// <exception cref="OverflowException">Padding makes it larger than <see cref="int.MaxValue"/> on a side.</exception>
    public Inference Infer(string kind, TensorShape input, int channels, ResamplingKind mode = ResamplingKind.Zeros)
    {
        if ((Check.Dimensions(kind, input, Rank) ?? ResampleLayer.Misfit(kind, "padding", mode, Around(input), input)) is { } misfit)
            return misfit;
        int[] sizes = [.. input.Extents.Skip(1)];
        for (var axis = 0; axis < Rank; axis++)
        {
            if (Axes[axis].Count(sizes[axis]) < 1)
                return Problem.Of(Rules.KernelTooLarge, kind, Kernel.Text(Rank), input, Sides[axis], Axes[axis].Arithmetic(sizes[axis])).At("kernelSize");
        }
        return TensorShape.Of([channels, .. Axes.Zip(sizes, (axis, size) => checked((int)axis.Count(size)))]);
    }

    /// <summary>The window bound to the images on both sides.</summary>
    public Window Over(TensorShape input, TensorShape output, int groups = 1) =>
        new(output.Channels, input.Channels, [Rows.Over(input.Height, output.Height), Columns.Over(input.Width, output.Width)], groups);

    /// <summary>What the directions are called, outermost first.</summary>
    public string[] Sides => Rank switch { 1 => ["length"], 2 => ["height", "width"], _ => ["depth", "height", "width"] };
}

/// <summary>One direction of a window.</summary>
internal readonly record struct SlidingAxis(int Kernel, int Stride, AxisPadding Padding, int Dilation, bool RoundsUp)
{
    /// <summary>Pixels from a window's first tap to its last.</summary>
    private long Reach => (Dilation * (Kernel - 1L)) + 1;

    /// <summary>Padding before and behind an image of that size.</summary>
    public (int Before, int After) Around(int size) => Padding.Around(size, Reach, Stride);

    /// <summary>Windows over an image of that size; below 1: none fits.</summary>
    public long Count(int size)
    {
        (int before, int after) = Around(size);
        // The quotient is rounded down, so one pixel too few already gives 0 or less.
        long room = size + (long)before + after - Reach, steps = RoundsUp ? room + Stride - 1 : room;
        long last = (steps >= 0 ? steps : steps - Stride + 1) / Stride;
        // PyTorch's rule: the last window starts on the image, or before it.
        return RoundsUp && last * Stride >= size + (long)before ? last : last + 1;
    }

    /// <summary>The direction bound to the images on both sides. A single tap has nothing between it and a next one.</summary>
    public WindowAxis Over(int input, int output) => new(output, Kernel, input, Stride, Around(input).Before, Kernel == 1 ? 1 : Dilation);

    /// <summary>Pixels that so many windows cover, less the padding: the size of a transposed convolution's output.</summary>
    public long Covered(int windows, int more) => ((windows - 1L) * Stride) + Reach + more - Padding.Before - (long)Padding.After;

    /// <summary>How that is worked out.</summary>
    public string CoveredArithmetic(int windows, int more) => FormattableString.Invariant(
        $"({windows} − 1)·{Stride} − 2·{Padding.Before} + {(Dilation == 1 ? "" : $"{Dilation}·")}({Kernel} − 1) + {more} + 1 = {Covered(windows, more)}");

    /// <summary>How the number of windows is worked out.</summary>
    public string Arithmetic(int size)
    {
        (int before, int after) = Around(size);
        string padded = before == after ? FormattableString.Invariant($"{size} + 2·{before}") : FormattableString.Invariant($"{size} + {before} + {after}");
        string reach = Dilation == 1 ? FormattableString.Invariant($"{Kernel}") : FormattableString.Invariant($"{Dilation}·({Kernel} − 1) − 1");
        string quotient = FormattableString.Invariant($"({padded} − {reach}) / {Stride}");
        return FormattableString.Invariant($"{(RoundsUp ? $"⌈{quotient}⌉" : quotient)} + 1 = {Count(size)}");
    }
}
