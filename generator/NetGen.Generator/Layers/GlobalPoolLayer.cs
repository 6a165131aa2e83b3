using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>GlobalAvgPool1d to 3d and GlobalMaxPool1d to 3d: the mean, or the largest value, of each channel, as a vector.</summary>
internal sealed record GlobalPoolLayer(PoolingKind Pooling, int Rank) : UnaryLayer
{
    public override string Kind => FormattableString.Invariant($"{(Pooling == PoolingKind.Max ? "GlobalMaxPool" : "GlobalAvgPool")}{Rank}d");

    public override string NamePrefix => "pool";

    public override Inference Infer(TensorShape input) => Check.Dimensions(Kind, input, Rank) is { } other ? other : TensorShape.Flat(input.Channels);

    /// <summary>The slices of a volume lie below each other, so that all dimensions are those of one image.</summary>
    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape image = program.Shape(x), pixel = TensorShape.Image(image.Channels, 1, 1);
        var all = new Extent(image.Height, image.Width);
        int y = program.New(pixel, Pooling == PoolingKind.Max ? "largest" : "mean");
        program.Emit(new Pooling(program.Node, Pooling, new SlidingWindow(2, all, all, WindowPadding.None).Over(image, pixel), x, y));
        return program.View(y, output);
    }
}
