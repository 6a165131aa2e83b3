using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>max(x, 0), element by element.</summary>
internal sealed record ReLULayer : Layer
{
    public override string Kind => "ReLU";

    public override string NamePrefix => "relu";

    public override Inference Infer(TensorShape input) => input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Map(program.Node, Function.ReLU, x, y));
        return y;
    }
}
