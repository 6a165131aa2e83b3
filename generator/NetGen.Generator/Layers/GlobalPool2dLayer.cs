using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>GlobalAvgPool2d and GlobalMaxPool2d: the mean, or the largest value, of each channel, as a vector.</summary>
internal sealed record GlobalPool2dLayer(PoolingKind Pooling) : UnaryLayer
{
    public override string Kind => Pooling == PoolingKind.Max ? "GlobalMaxPool2d" : "GlobalAvgPool2d";

    public override string NamePrefix => "pool";

    public override Inference Infer(TensorShape input) => input.IsFlat ? Check.ImageExpected(Kind, input) : TensorShape.Flat(input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape image = program.Shape(x), pixel = TensorShape.Image(image.Channels, 1, 1);
        var all = new Extent(image.Height, image.Width);
        int y = program.New(pixel, Pooling == PoolingKind.Max ? "largest" : "mean");
        program.Emit(new Pooling(program.Node, Pooling, new SlidingWindow(all, all, WindowPadding.None).Over(image, pixel), x, y));
        return program.View(y, output);
    }
}
