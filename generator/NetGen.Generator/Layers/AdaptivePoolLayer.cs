using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// AdaptiveAvgPool1d to 3d and AdaptiveMaxPool1d to 3d: each dimension cut into so many parts, as equal as can be; where they do not come out even, they
/// overlap by a pixel.
/// </summary>
internal sealed record AdaptivePoolLayer(PoolingKind Pooling, int Rank, Extent Output) : UnaryLayer
{
    public override string Kind => FormattableString.Invariant($"{(Pooling == PoolingKind.Max ? "AdaptiveMaxPool" : "AdaptiveAvgPool")}{Rank}d");

    public override string NamePrefix => "pool";

    public static Layer Read(PoolingKind pooling, int rank, LayerArguments arguments) => new AdaptivePoolLayer(pooling, rank, arguments.Extent("outputSize", rank));

    public override string Details(TensorShape input) => Output.Text(Rank);

    public override IEnumerable<Problem> CheckArguments() => Check.AtLeast(1, Kind, "outputSize", Output);

    public override Inference Infer(TensorShape input) =>
        Check.Dimensions(Kind, input, Rank) is { } other ? other : TensorShape.Of([input.Channels, .. Output.Sizes(Rank)]);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        int y = program.New(output);
        if (Rank == 3)
        {
            program.Emit(new VolumePooling(
                program.Node, Pooling, new(Parts(input.Depth, output.Depth), Parts(input.SliceHeight, output.SliceHeight), Parts(input.Width, output.Width)), x, y));
            return y;
        }
        bool isEven = input.Height % output.Height == 0 && input.Width % output.Width == 0;
        program.Emit(new Pooling(program.Node, Pooling, new(output.Channels, input.Channels, [Windows(input.Height, output.Height), Windows(input.Width, output.Width)]), x, y)
        {
            Uneven = isEven ? null : new(Parts(input.Height, output.Height), Parts(input.Width, output.Width)),
        });
        return y;
    }

    /// <summary>The largest part as a window; where parts are even, all of them.</summary>
    private static WindowAxis Windows(int input, int output) =>
        new(output, input % output == 0 ? input / output : Math.Min(input, (input / output) + 2), input, Math.Max(1, input / output), 0);

    /// <summary>PyTorch's parts: from ⌊o·input / output⌋ to, without it, ⌈(o + 1)·input / output⌉.</summary>
    private static UnevenAxis Parts(int input, int output) => new(input, output, 0, checked(input + output - 1), 0, input);
}
