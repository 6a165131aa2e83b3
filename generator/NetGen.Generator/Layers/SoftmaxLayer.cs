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

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Softmax(program.Node, IsLog: false, x, y));
        return y;
    }
}
