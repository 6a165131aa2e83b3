using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>The mean of each window, padding zeros included, over the whole window's size.</summary>
internal sealed record AvgPool2dLayer(Extent Kernel, Extent Stride, Extent Padding) : Layer
{
    public override string Kind => "AvgPool2d";

    public override string NamePrefix => "pool";

    private SlidingWindow Window => new(Kernel, Stride, Padding);

    public static Layer Read(LayerArguments arguments)
    {
        SlidingWindow window = SlidingWindow.ReadPool(arguments);
        return new AvgPool2dLayer(window.Kernel, window.Stride, window.Padding);
    }

    public override string Details(TensorShape input) => Window.Details(Kernel);

    public override IEnumerable<Problem> CheckArguments() => [.. Window.CheckArguments(Kind), .. Window.CheckPoolPadding(Kind)];

    public override Inference Infer(TensorShape input) =>
        input.IsFlat ? Check.ImageExpected(Kind, input) : Window.Infer(Kind, input, input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Pooling(program.Node, PoolingKind.Average, Window.Over(program.Shape(x), output), x, y));
        return y;
    }
}
