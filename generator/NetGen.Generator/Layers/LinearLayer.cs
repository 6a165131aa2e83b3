using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>y = x·Wᵀ + b. Input features are null where they follow from the layer before.</summary>
internal sealed record LinearLayer(int? InFeatures, int OutFeatures, bool Bias) : UnaryLayer
{
    public override string Kind => "Linear";

    public override string NamePrefix => "linear";

    public static Layer Read(LayerArguments arguments) =>
        new LinearLayer(arguments.OptionalInt("inFeatures"), arguments.Int("outFeatures"), arguments.Bool("bias", true));

    public override string Details(TensorShape input) => FormattableString.Invariant($"{input.Size} → {OutFeatures}{(Bias ? "" : ", no bias")}");

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "inFeatures", InFeatures),
        .. Check.AtLeast(1, Kind, "outFeatures", OutFeatures),
    ];

    public override Inference Infer(TensorShape input) => Inference.Of(TensorShape.Flat(OutFeatures), Mismatch(input));

    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        ParameterSpec weight = ParameterSpec.Uniform("weight", [OutFeatures, input.Size], input.Size);
        return Bias ? [weight, ParameterSpec.Uniform("bias", [OutFeatures], input.Size)] : [weight];
    }

    public override long MultiplyAdds(TensorShape input) => (long)input.Size * OutFeatures;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Contraction(
            program.Node, new Operations.Window(OutFeatures, program.Shape(x).Size, []), Target.Output, x, program.Parameter("weight"), y, program.Parameter("bias")));
        return y;
    }

    private Problem? Mismatch(TensorShape input)
    {
        if (!input.IsFlat)
            return Check.FlattenMissing(Kind, input);
        return InFeatures is { } written && written != input.Size
            ? Problem.Of(Rules.WrongInFeatures, Kind, written, input.Arithmetic).At("inFeatures").Corrected(input.Size)
            : null;
    }
}
