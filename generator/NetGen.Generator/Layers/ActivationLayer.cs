using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>ReLU, Sigmoid and Tanh: a function of every value, which gives the layer its name.</summary>
internal sealed record ActivationLayer(Function Function) : Layer
{
    public override string Kind => Function.ToString();

    public override string NamePrefix => Kind.ToLowerInvariant();

    public override OutputForm OutputForm => Function == Function.Sigmoid ? OutputForm.Sigmoid : OutputForm.Raw;

    public override Inference Infer(TensorShape input) => input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Map(program.Node, Function, x, y));
        return y;
    }
}
