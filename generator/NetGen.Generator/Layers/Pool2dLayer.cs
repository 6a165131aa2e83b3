using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// MaxPool2d and AvgPool2d: the largest value of each window, where padding never wins, or the mean of each window, padding zeros included, over
/// the whole window's size.
/// </summary>
internal sealed record Pool2dLayer(PoolingKind Pooling, SlidingWindow Window) : UnaryLayer
{
    public override string Kind => Pooling == PoolingKind.Max ? "MaxPool2d" : "AvgPool2d";

    public override string NamePrefix => "pool";

    /// <summary>A stride that is left out, or a plain 0, is the kernel.</summary>
    public static Layer Read(PoolingKind pooling, LayerArguments arguments)
    {
        Extent kernel = arguments.Extent("kernelSize");
        Extent? stride = arguments.OptionalInt("stride") == 0 ? null : arguments.OptionalExtent("stride");
        return new Pool2dLayer(pooling, new(kernel, stride ?? kernel, arguments.OptionalExtent("padding") ?? Extent.Square(0)));
    }

    public override string Details(TensorShape input) => Window.Details(Window.Kernel);

    public override IEnumerable<Problem> CheckArguments() => [.. Window.CheckArguments(Kind), .. CheckPadding()];

    public override Inference Infer(TensorShape input) =>
        input.IsFlat ? Check.ImageExpected(Kind, input) : Window.Infer(Kind, input, input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Pooling(program.Node, Pooling, Window.Over(program.Shape(x), output), x, y));
        return y;
    }

    /// <summary>PyTorch's rule: padding of at most half the kernel, so that no window lies beside the image.</summary>
    private IEnumerable<Problem> CheckPadding()
    {
        (Extent kernel, Extent padding) = (Window.Kernel, Window.Padding);
        if (padding.Height > kernel.Height / 2)
            yield return PaddingTooLarge(padding.Height, kernel.Height);
        else if (padding.Width > kernel.Width / 2)
            yield return PaddingTooLarge(padding.Width, kernel.Width);
    }

    private Problem PaddingTooLarge(int padding, int kernel) => Problem.Of(Rules.PoolPaddingTooLarge, Kind, padding, kernel, kernel / 2).At("padding");
}
