using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>PixelShuffle: [channels · f², height, width] to [channels, height · f, width · f]. PixelUnshuffle: back.</summary>
internal sealed record PixelShuffleLayer(bool IsInverse, int Factor) : UnaryLayer
{
    public override string Kind => IsInverse ? "PixelUnshuffle" : "PixelShuffle";

    public override string NamePrefix => Kind.ToLowerInvariant();

    /// <summary>The attribute's name for the factor: PyTorch's.</summary>
    private string Argument => ArgumentOf(IsInverse);

    public static Layer Read(bool isInverse, LayerArguments arguments) => new PixelShuffleLayer(isInverse, arguments.Int(ArgumentOf(isInverse)));

    public override string Details(TensorShape input) => FormattableString.Invariant($"{Factor}");

    public override IEnumerable<Problem> CheckArguments() => Check.AtLeast(1, Kind, Argument, Factor);

    public override Inference Infer(TensorShape input)
    {
        if (Check.Dimensions(Kind, input, 2) is { } other)
            return other;
        int square = checked(Factor * Factor);
        if (!IsInverse)
        {
            return input.Channels % square == 0
                ? checked(TensorShape.Image(input.Channels / square, input.Height * Factor, input.Width * Factor))
                : Indivisible(input, FormattableString.Invariant($"a number of channels that divides by {Factor}² = {square}"));
        }
        return input.Height % Factor == 0 && input.Width % Factor == 0
            ? checked(TensorShape.Image(input.Channels * square, input.Height / Factor, input.Width / Factor))
            : Indivisible(input, FormattableString.Invariant($"a height and a width that divide by {Factor}"));
    }

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new PixelShuffle(program.Node, Factor, IsInverse, x, y));
        return y;
    }

    private static string ArgumentOf(bool isInverse) => isInverse ? "downscaleFactor" : "upscaleFactor";

    private Problem Indivisible(TensorShape input, string expected) => Problem.Of(Rules.IndivisibleShuffle, Kind, expected, $"{input}").At(Argument);
}
