using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Dropout and Dropout2d: in training, zeroes values, or whole channels, with probability P and multiplies the others by 1/(1 − P).</summary>
internal sealed record DropoutLayer(double P, bool IsPerChannel = false) : UnaryLayer
{
    public override string Kind => IsPerChannel ? "Dropout2d" : "Dropout";

    public override string NamePrefix => "dropout";

    public override bool KeepsShape => true;

    public static Layer Read(bool isPerChannel, LayerArguments arguments) => new DropoutLayer(arguments.Double("p", 0.5), isPerChannel);

    public override string Details(TensorShape input) => FormattableString.Invariant($"p = {P:G7}");

    public override IEnumerable<Problem> CheckArguments() =>
        P is >= 0 and < 1 ? [] : [Problem.Of(Rules.DropoutOutOfRange, Kind, (float)P).At("p")];

    public override Inference Infer(TensorShape input) => IsPerChannel && input.IsFlat ? Check.ImageExpected(Kind, input) : input;

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
