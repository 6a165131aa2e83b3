using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Batch normalisation of images. Channels are null where they follow from the layer before.</summary>
internal sealed record BatchNorm2dLayer(int? Channels, double Eps, double Momentum) : Layer
{
    public override string Kind => "BatchNorm2d";

    public override string NamePrefix => "batchnorm";

    public override bool KeepsShape => true;

    public static Layer Read(LayerArguments arguments) => new BatchNorm2dLayer(
        arguments.OptionalInt("channels"),
        arguments.Double("Eps", BatchNorm.DefaultEps),
        arguments.Double("Momentum", BatchNorm.DefaultMomentum));

    public override IEnumerable<Problem> CheckArguments() => BatchNorm.CheckArguments(Kind, "channels", Channels, Eps, Momentum);

    public override Inference Infer(TensorShape input) => Inference.Of(
        input,
        input.IsFlat
            ? BatchNorm.OtherKind(Kind, "images", FormattableString.Invariant($"{input.Size} flat features"), "BatchNorm1d")
            : BatchNorm.Mismatch(Kind, "channels", Channels, input));

    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input) => BatchNorm.ParameterSpecs(input.Channels);

    public override EquatableArray<string> Counters => BatchNorm.Counters;

    public override int Describe(ProgramBuilder program, int x, TensorShape output) => BatchNorm.Describe(program, x, output, Eps, Momentum);

    public override bool CouplesSamples => true;
}
