using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>xᵢ − log Σⱼ eˣʲ over the features of a sample.</summary>
internal sealed record LogSoftmaxLayer : Layer
{
    public override string Kind => "LogSoftmax";

    public override string NamePrefix => "logsoftmax";

    public override OutputForm OutputForm => OutputForm.LogSoftmax;

    public override bool IsSeldomRepeated => true;

    public override Inference Infer(TensorShape input) => Check.FlatInput(Kind, input);

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output) => Softmaxes.Forward(pass, x, isLog: true);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => Softmaxes.Gradient(pass, x, y, isLog: true);
}
