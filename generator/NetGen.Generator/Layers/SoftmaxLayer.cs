using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Softmax and LogSoftmax: eˣⁱ / Σⱼ eˣʲ over the features of a sample, or its logarithm xᵢ − log Σⱼ eˣʲ.</summary>
internal sealed record SoftmaxLayer(bool IsLog) : UnaryLayer
{
    public override string Kind => IsLog ? "LogSoftmax" : "Softmax";

    public override string NamePrefix => IsLog ? "logsoftmax" : "softmax";

    public override OutputForm OutputForm => IsLog ? OutputForm.LogSoftmax : OutputForm.Softmax;

    public override bool IsSeldomRepeated => true;

    public override Inference Infer(TensorShape input) => Check.FlatInput(Kind, input);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Softmax(program.Node, IsLog, x, y));
        return y;
    }
}
