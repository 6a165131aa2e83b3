using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>eˣⁱ / Σⱼ eˣʲ over the features of a sample.</summary>
internal sealed record SoftmaxLayer : Layer
{
    public override string Kind => "Softmax";

    public override string NamePrefix => "softmax";

    public override OutputForm OutputForm => OutputForm.Softmax;

    public override bool IsSeldomRepeated => true;

    public override Inference Infer(TensorShape input) => Check.FlatInput(Kind, input);

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) => Softmaxes.Forward(pass, x, isLog: false);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Softmaxes.Gradient(pass, x, y, isLog: false);
}
