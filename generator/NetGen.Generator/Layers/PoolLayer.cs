using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// MaxPool1d to 3d and AvgPool1d to 3d: the largest value of each window, where padding never wins, or the mean of each window, padding zeros included or not.
/// </summary>
internal sealed record PoolLayer(PoolingKind Pooling, SlidingWindow Window) : UnaryLayer
{
    /// <summary>A mean is over the padding of its window too.</summary>
    public bool CountsPadding { get; init; } = true;

    public override string Kind => FormattableString.Invariant($"{(Pooling == PoolingKind.Max ? "MaxPool" : "AvgPool")}{Window.Rank}d");

    public override string NamePrefix => "pool";

    /// <summary>A stride that is left out, or a plain 0, is the kernel.</summary>
    public static Layer Read(PoolingKind pooling, int rank, LayerArguments arguments)
    {
        SlidingWindow window = SlidingWindow.Read(arguments, rank, usualStride: null);
        if (arguments.OptionalInt("stride") == 0)
            window = window with { Stride = window.Kernel };
        return new PoolLayer(pooling, window with { RoundsUp = arguments.Bool("ceilMode", false) }) { CountsPadding = arguments.Bool("countIncludePad", true) };
    }

    public override string Details(TensorShape input) => Window.Details(Window.Kernel) + (CountsPadding ? "" : ", padding not counted");

    public override IEnumerable<Problem> CheckArguments() => [.. Window.CheckArguments(Kind), .. CheckPadding()];

    public override Inference Infer(TensorShape input) => Window.Infer(Kind, input, input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        int y = program.New(output);
        if (Window.Rank == 3)
        {
            program.Emit(new VolumePooling(program.Node, Pooling, new(Axis(Window.Slices, input.Depth), Axis(Window.Rows, input.SliceHeight), Axis(Window.Columns, input.Width)), x, y));
            return y;
        }
        program.Emit(new Pooling(program.Node, Pooling, Window.Over(input, output), x, y) { Uneven = Uneven(input, output) });
        return y;
    }

    /// <summary>What means are of, where some are not of whole windows.</summary>
    private UnevenWindows? Uneven(TensorShape input, TensorShape output)
    {
        UnevenAxis rows = Axis(Window.Rows, input.Height), columns = Axis(Window.Columns, input.Width);
        bool IsWhole(UnevenAxis axis, int outputs, int kernel) => Enumerable.Range(0, outputs).All(o => axis.Counted(o) == kernel);
        return Pooling == PoolingKind.Max || (IsWhole(rows, output.Height, Window.Kernel.Height) && IsWhole(columns, output.Width, Window.Kernel.Width))
            ? null
            : new(rows, columns);
    }

    private UnevenAxis Axis(SlidingAxis axis, int size)
    {
        (int before, int after) = axis.Around(size);
        return new(axis.Stride, 1, before, axis.Kernel - before, CountsPadding ? before : 0, CountsPadding ? size + after : size);
    }

    /// <summary>PyTorch's rule: padding of at most half the kernel, so that no window lies beside the image.</summary>
    private IEnumerable<Problem> CheckPadding()
    {
        return Window.Padding.Axes(Window.Rank).Zip(Window.Kernel.Sizes(Window.Rank), (padding, kernel) => (Most: padding.Most(kernel), Kernel: kernel))
            .Where(axis => axis.Most > axis.Kernel / 2).Take(1)
            .Select(axis => Problem.Of(Rules.PoolPaddingTooLarge, Kind, axis.Most, axis.Kernel, axis.Kernel / 2).At("padding"));
    }
}
