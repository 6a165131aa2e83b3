using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Batch normalisation of vectors. Features are null where they follow from the layer before.</summary>
internal sealed record BatchNorm1dLayer(int? Features, double Eps, double Momentum) : Layer
{
    public override string Kind => "BatchNorm1d";

    public override string NamePrefix => "batchnorm";

    public override bool KeepsShape => true;

    public static Layer Read(LayerArguments arguments) => new BatchNorm1dLayer(
        arguments.OptionalInt("features"),
        arguments.Double("Eps", BatchNorm.DefaultEps),
        arguments.Double("Momentum", BatchNorm.DefaultMomentum));

    public override IEnumerable<Problem> CheckArguments() => BatchNorm.CheckArguments(Kind, "features", Features, Eps, Momentum);

    public override Inference Infer(TensorShape input) => Inference.Of(
        input,
        input.IsFlat ? BatchNorm.Mismatch(Kind, "features", Features, input) : BatchNorm.OtherKind(Kind, "vectors", $"{input}", "BatchNorm2d"));

    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input) => BatchNorm.ParameterSpecs(input.Size);

    public override EquatableArray<string> Counters => BatchNorm.Counters;

    public override int Describe(ProgramBuilder program, int x, TensorShape output) => BatchNorm.Describe(program, x, output, Eps, Momentum);

    public override bool CouplesSamples => true;
}
