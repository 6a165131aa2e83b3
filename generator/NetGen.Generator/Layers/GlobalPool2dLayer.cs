using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>GlobalAvgPool2d: the mean of each channel, as a vector.</summary>
internal sealed record GlobalPool2dLayer : UnaryLayer
{
    public override string Kind => "GlobalAvgPool2d";

    public override string NamePrefix => "pool";

    public override Inference Infer(TensorShape input) => input.IsFlat ? Check.ImageExpected(Kind, input) : TensorShape.Flat(input.Channels);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape image = program.Shape(x), pixel = TensorShape.Image(image.Channels, 1, 1);
        var all = new Extent(image.Height, image.Width);
        int mean = program.New(pixel, "mean");
        program.Emit(new Pooling(program.Node, PoolingKind.Average, new SlidingWindow(all, all, WindowPadding.None).Over(image, pixel), x, mean));
        return program.View(mean, output);
    }
}
