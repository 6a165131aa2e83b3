using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// MaxPool2d and AvgPool2d: the largest value of each window, where padding never wins, or the mean of each window, padding zeros included or not.
/// </summary>
internal sealed record Pool2dLayer(PoolingKind Pooling, SlidingWindow Window) : UnaryLayer
{
    /// <summary>A mean is over the padding of its window too.</summary>
    public bool CountsPadding { get; init; } = true;

    public override string Kind => Pooling == PoolingKind.Max ? "MaxPool2d" : "AvgPool2d";

    public override string NamePrefix => "pool";

    /// <summary>A stride that is left out, or a plain 0, is the kernel.</summary>
    public static Layer Read(PoolingKind pooling, LayerArguments arguments)
    {
        Extent kernel = arguments.Extent("kernelSize");
        Extent? stride = arguments.OptionalInt("stride") == 0 ? null : arguments.OptionalExtent("stride");
        var window = new SlidingWindow(kernel, stride ?? kernel, arguments.Padding("padding")) { RoundsUp = arguments.Bool("ceilMode", false) };
        return new Pool2dLayer(pooling, window) { CountsPadding = arguments.Bool("countIncludePad", true) };
    }

    public override string Details(TensorShape input) => Window.Details(Window.Kernel) + (CountsPadding ? "" : ", padding not counted");

    public override IEnumerable<Problem> CheckArguments() => [.. Window.CheckArguments(Kind), .. CheckPadding()];

    public override Inference Infer(TensorShape input) =>
        input.IsFlat ? Check.ImageExpected(Kind, input) : Window.Infer(Kind, input, input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        int y = program.New(output);
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
        (Extent kernel, WindowPadding padding) = (Window.Kernel, Window.Padding);
        if (padding.Rows.Most(kernel.Height) > kernel.Height / 2)
            yield return PaddingTooLarge(padding.Rows.Most(kernel.Height), kernel.Height);
        else if (padding.Columns.Most(kernel.Width) > kernel.Width / 2)
            yield return PaddingTooLarge(padding.Columns.Most(kernel.Width), kernel.Width);
    }

    private Problem PaddingTooLarge(long padding, int kernel) => Problem.Of(Rules.PoolPaddingTooLarge, Kind, padding, kernel, kernel / 2).At("padding");
}
