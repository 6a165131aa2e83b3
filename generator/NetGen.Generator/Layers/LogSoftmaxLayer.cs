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

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Softmax(program.Node, IsLog: true, x, y));
        return y;
    }
}
