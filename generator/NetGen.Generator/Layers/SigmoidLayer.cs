using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
internal sealed record SigmoidLayer : Layer
{
    public override string Kind => "Sigmoid";

    public override string NamePrefix => "sigmoid";

    public override OutputForm OutputForm => OutputForm.Sigmoid;

    public override Finish? FusedGradient => Finish.SigmoidGradient;

    public override Inference Infer(TensorShape input) => input;

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) =>
        Elementwises.Forward(pass, x, Function.Sigmoid);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Elementwises.Gradient(pass, y, Function.SigmoidGradient);
}
