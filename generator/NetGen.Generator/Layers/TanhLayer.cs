using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>The hyperbolic tangent, element by element.</summary>
internal sealed record TanhLayer : Layer
{
    public override string Kind => "Tanh";

    public override string NamePrefix => "tanh";

    public override Finish? FusedGradient => Finish.TanhGradient;

    public override Inference Infer(TensorShape input) => input;

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) =>
        Elementwises.Forward(pass, x, Function.Tanh);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Elementwises.Gradient(pass, y, Function.TanhGradient);
}
