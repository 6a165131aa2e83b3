using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>y = x·Wᵀ + b. Input features are null where they follow from the layer before.</summary>
internal sealed record LinearLayer(int? InFeatures, int OutFeatures, bool Bias) : Layer
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

    public override ParameterLayout Place(ParameterSpec spec, TensorShape input, Placement placement)
    {
        if (spec.Name != "weight")
            return base.Place(spec, input, placement);
        int lanes = PassBuilder.Padded(OutFeatures);
        if (placement.OutputsAreRows)
            return new ParameterLayout(checked(OutFeatures * input.Size), [new(OutFeatures, input.Size), new(input.Size, 1)]);
        int floats = checked(input.Size * lanes);
        return placement.ReadsRows || input.Area == 1
            ? new ParameterLayout(floats, [new(OutFeatures, 1), new(input.Size, lanes)])
            : new ParameterLayout(
                floats,
                [
                    new(OutFeatures, 1), new(input.Channels, lanes),
                    new(input.Height, input.Width * input.Channels * lanes), new(input.Width, input.Channels * lanes),
                ]);
    }

    public override bool CanSumAlongLanes => true;

    public override bool ReadsRowsInPlace => true;

    public override Activation Forward(PassBuilder pass, Activation x, TensorShape output)
    {
        Activation y = pass.NewActivation(output);
        WeightedSums.Linear(pass, x, y).Forward(pass);
        return y;
    }

    public override void ParameterGradients(PassBuilder pass, Activation x, Activation y) => WeightedSums.Linear(pass, x, y).ParameterGradients(pass);

    public override void InputGradient(PassBuilder pass, Activation x, Activation y) => WeightedSums.Linear(pass, x, y).InputGradient(pass);

    private Problem? Mismatch(TensorShape input)
    {
        if (!input.IsFlat)
            return Check.FlattenMissing(Kind, input);
        return InFeatures is { } written && written != input.Size
            ? Problem.Of(Rules.WrongInFeatures, Kind, written, input.Arithmetic).At("inFeatures").Corrected(input.Size)
            : null;
    }
}
