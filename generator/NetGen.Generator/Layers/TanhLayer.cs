using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>The hyperbolic tangent, element by element.</summary>
internal sealed record TanhLayer : Layer
{
    public override string Kind => "Tanh";

    public override string NamePrefix => "tanh";

    public override Inference Infer(TensorShape input) => input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Map(program.Node, Function.Tanh, x, y));
        return y;
    }
}
