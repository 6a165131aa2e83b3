using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>An image as a vector, in the order channels, height, width.</summary>
internal sealed record FlattenLayer : UnaryLayer
{
    public override string Kind => "Flatten";

    public override string NamePrefix => "flatten";

    public override bool IsSeldomRepeated => true;

    public override bool IsView => true;

    public override Inference Infer(TensorShape input) => input.Flatten();

    public override int Describe(ProgramBuilder program, int x, TensorShape output) => program.View(x, output);
}
