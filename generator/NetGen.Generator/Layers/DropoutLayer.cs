using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Dropout and Dropout1d to 3d: in training, zeroes values, or whole channels, with probability P and multiplies the others by 1/(1 − P).</summary>
/// <param name="P">The probability.</param>
/// <param name="Rank">Dimensions beside the channels where whole channels are zeroed; 0: values are.</param>
internal sealed record DropoutLayer(double P, int Rank = 0) : UnaryLayer
{
    public override string Kind => IsPerChannel ? FormattableString.Invariant($"Dropout{Rank}d") : "Dropout";

    private bool IsPerChannel => Rank > 0;

    public override string NamePrefix => "dropout";

    public override bool KeepsShape => true;

    public static Layer Read(int rank, LayerArguments arguments) => new DropoutLayer(arguments.Double("p", 0.5), rank);

    public override string Details(TensorShape input) => FormattableString.Invariant($"p = {P:G7}");

    public override IEnumerable<Problem> CheckArguments() =>
        P is >= 0 and < 1 ? [] : [Problem.Of(Rules.DropoutOutOfRange, Kind, (float)P).At("p")];

    public override Inference Infer(TensorShape input) => IsPerChannel && Check.Dimensions(Kind, input, Rank) is { } other ? other : input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        if (program.IsFrozen)
            return program.View(x, output);
        int y = program.New(output);
        program.Emit(new Dropout(program.Node, x, y, P, IsPerChannel) { When = When.Training });
        program.Emit(new Map(program.Node, Function.Copy, x, y) { When = When.Evaluation });
        return y;
    }
}
