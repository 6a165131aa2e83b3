using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>In training, zeroes values with probability P and multiplies the others by 1/(1 − P).</summary>
internal sealed record DropoutLayer(double P) : Layer
{
    public override string Kind => "Dropout";

    public override string NamePrefix => "dropout";

    public override bool KeepsShape => true;

    public static Layer Read(LayerArguments arguments) => new DropoutLayer(arguments.Double("p", 0.5));

    public override string Details(TensorShape input) => FormattableString.Invariant($"p = {P:G7}");

    public override IEnumerable<Problem> CheckArguments() =>
        P is >= 0 and < 1 ? [] : [Problem.Of(Rules.DropoutOutOfRange, (float)P).At("p")];

    public override Inference Infer(TensorShape input) => input;

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) => Elementwises.Dropout(pass, x, P);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Elementwises.DropoutGradient(pass, y, P);
}
