using System.Globalization;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>LayerNorm, GroupNorm and InstanceNorm1d to 3d: each sample, or parts of it, by itself, in training and evaluation alike.</summary>
/// <param name="Kind">The attribute's name.</param>
/// <param name="Groups">Groups of channels with statistics of their own; null: each channel is one.</param>
/// <param name="Channels">Channels; null where they follow from the layer before.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Affine">Whether there are a weight and a bias: for each value of a sample where it is LayerNorm, for each channel elsewhere.</param>
internal sealed record SampleNormLayer(string Kind, int? Groups, int? Channels, double Eps, bool Affine) : UnaryLayer
{
    /// <summary>PyTorch's default.</summary>
    private const double DefaultEps = 1e-5;

    public override string Kind { get; } = Kind;

    public override string NamePrefix => Kind == LayerNorm ? "layernorm" : Kind == GroupNorm ? "groupnorm" : "instancenorm";

    public override bool KeepsShape => true;

    /// <summary>Dimensions that it is for; 0: any.</summary>
    public int Rank { get; init; }

    /// <summary>The last dimensions, which are normalised for each place of the others; none: all values of a sample are normalised together.</summary>
    public EquatableArray<int> LastDimensions { get; init; } = [];

    private const string LayerNorm = "LayerNorm", GroupNorm = "GroupNorm";

    private bool IsPerValue => Kind == LayerNorm;

    public static Layer ReadLayerNorm(LayerArguments arguments) =>
        new SampleNormLayer(LayerNorm, 1, null, arguments.Double("Eps", DefaultEps), arguments.Bool("ElementwiseAffine", true))
        {
            LastDimensions = arguments.Ints("normalizedShape"),
        };

    public static Layer ReadGroupNorm(LayerArguments arguments) => new SampleNormLayer(
        GroupNorm, arguments.Int("groups"), arguments.OptionalInt("channels"), arguments.Double("Eps", DefaultEps), arguments.Bool("Affine", true));

    public static Layer ReadInstanceNorm(int rank, LayerArguments arguments) => new SampleNormLayer(
        FormattableString.Invariant($"InstanceNorm{rank}d"), null, arguments.OptionalInt("channels"), arguments.Double("Eps", DefaultEps), arguments.Bool("Affine", false))
    {
        Rank = rank,
    };

    public override string Details(TensorShape input) => Kind == GroupNorm ? FormattableString.Invariant($"{Groups} groups") : Product(LastDimensions);

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "groups", Groups),
        .. Check.AtLeast(1, Kind, "channels", Channels),
        .. Check.That(Eps is > 0 and <= 1, Kind, "Eps", "above 0 and at most 1", Eps),
    ];

    public override Inference Infer(TensorShape input) =>
        Rank > 0 && Check.Dimensions(Kind, input, Rank) is { } other ? other
        : Inference.Of(IsPerValue || !input.IsFlat ? input : TensorShape.Flat(input.Size), Mismatch(input) ?? Indivisible(input) ?? OtherShape(input));

    /// <summary>PyTorch's.</summary>
    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        EquatableArray<int> shape = LastDimensions.Count > 0 ? LastDimensions : IsPerValue ? input.Extents.ToEquatableArray() : [input.Features];
        return Affine ? [new("weight", shape, ParameterInitialization.Ones), new("bias", shape, ParameterInitialization.Zeros)] : [];
    }

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        // Groups of features are neighbours in PyTorch's order; of all features the order does not matter.
        if (!IsPerValue)
            x = MergeLayer.InOrder(program, x, 0);
        if (LastDimensions.Count > 0 && LastDimensions.Aggregate(1, (product, extent) => product * extent) < output.Size)
            return DescribeLast(program, x, output);
        int channels = program.Shape(x).Channels, groups = Groups ?? channels;
        int statistics = program.New(TensorShape.Image(channels, 3, 1), "statistics"), y = program.New(program.Shape(x));
        program.Emit(new SampleStatistics(program.Node, groups, Eps, x, statistics));
        program.Emit(new SampleNormalize(program.Node, groups, x, program.Parameter("weight"), program.Parameter("bias"), IsPerValue, statistics, y));
        return y;
    }

    /// <summary>Of a place of the dimensions before, the last ones are lines of a channel, one below the other.</summary>
    private int DescribeLast(ProgramBuilder program, int x, TensorShape output)
    {
        int lines = LastDimensions.Take(LastDimensions.Count - 1).Aggregate(1, (product, extent) => product * extent);
        int statistics = program.New(TensorShape.Image(output.Channels, 4, output.Height / lines), "statistics"), y = program.New(output);
        program.Emit(new InnerNormalize(program.Node, lines, Eps, x, program.Parameter("weight"), program.Parameter("bias"), statistics, y));
        return y;
    }

    private Problem? OtherShape(TensorShape input)
    {
        int before = input.Extents.Length - LastDimensions.Count;
        return before >= 0 && input.Extents.Skip(before).SequenceEqual(LastDimensions) ? null
            : Problem.Of(Rules.WrongNormalizedShape, Kind, Product(LastDimensions), $"{input}").At("normalizedShape");
    }

    private static string Product(EquatableArray<int> extents) => string.Join("×", extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    private Problem? Mismatch(TensorShape input) =>
        Channels is { } written && written != input.Features
            ? Problem.Of(Rules.WrongNormFeatures, Kind, written, "channels", input.IsFlat ? input.Arithmetic : input).At("channels").Corrected(input.Features)
            : null;

    private Problem? Indivisible(TensorShape input) =>
        Groups is { } groups && input.Features % groups != 0 ? Problem.Of(Rules.IndivisibleGroups, Kind, groups, $"{input}", input.Features).At("groups") : null;
}
