using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>max(x, 0), element by element.</summary>
internal sealed record ReLULayer : Layer
{
    public override string Kind => "ReLU";

    public override string NamePrefix => "relu";

    public override Finish? FusedGradient => Finish.ReLUGradient;

    public override Inference Infer(TensorShape input) => input;

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) =>
        pass.TryFuse(Finish.ReLU, x) ?? Elementwises.Forward(pass, x, Function.ReLU);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Elementwises.Gradient(pass, y, Function.ReLUGradient);
}
