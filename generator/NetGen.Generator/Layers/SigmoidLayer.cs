using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
internal sealed record SigmoidLayer : Layer
{
    public override string Kind => "Sigmoid";

    public override string NamePrefix => "sigmoid";

    public override OutputForm OutputForm => OutputForm.Sigmoid;

    public override Inference Infer(TensorShape input) => input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Map(program.Node, Function.Sigmoid, x, y));
        return y;
    }
}
