using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
internal sealed record SigmoidLayer : Layer
{
    public override string Kind => "Sigmoid";

    public override string NamePrefix => "sigmoid";

    public override Inference Infer(TensorShape input) => input;
}
