using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>BatchNorm1d to 3d: batch normalisation of vectors and signals, of images and of volumes.</summary>
/// <param name="Rank">1: vectors and signals; 2: images; 3: volumes.</param>
/// <param name="Features">Features of a vector, or channels; null where they follow from the layer before.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch in the running statistics.</param>
/// <param name="Affine">Whether there are a weight and a bias.</param>
internal sealed record BatchNormLayer(int Rank, int? Features, double Eps, double Momentum, bool Affine = true) : UnaryLayer
{
    /// <summary>PyTorch's defaults.</summary>
    private const double DefaultEps = 1e-5, DefaultMomentum = 0.1;

    public override string Kind => KindOf(Rank);

    public override string NamePrefix => "batchnorm";

    public override bool KeepsShape => true;

    public override bool CouplesSamples => true;

    /// <summary>Running statistics are the mean of all batches', in place of an average that forgets by <see cref="Momentum"/>.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>Both are said.</summary>
    public bool HasMomentumToo { get; init; }

    /// <summary>PyTorch's count of the training batches seen. Only a mean of all needs it; files of PyTorch have it.</summary>
    public override EquatableArray<string> Counters => ["num_batches_tracked"];

    /// <summary>The attribute's name for the number of features.</summary>
    private string Argument => ArgumentOf(Rank);

    public static Layer Read(int rank, LayerArguments arguments) => new BatchNormLayer(
        rank, arguments.OptionalInt(ArgumentOf(rank)), arguments.Double("Eps", DefaultEps), arguments.Double("Momentum", DefaultMomentum), arguments.Bool("Affine", true))
    {
        IsCumulative = arguments.Bool("Cumulative", false),
        HasMomentumToo = arguments.Bool("Cumulative", false) && arguments.Has("Momentum"),
    };

    public override string Details(TensorShape input) => string.Join(", ", new[] { IsCumulative ? "cumulative" : "", Affine ? "" : "no weight or bias" }.Where(text => text.Length > 0));

    public override string? WhyNotShared => IsCumulative ? "whose running statistics are the mean of all batches: one that is shared sees each batch several times" : null;

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, Argument, Features),
        .. Check.That(Eps is > 0 and <= 1, Kind, "Eps", "above 0 and at most 1", Eps),
        .. Check.That(Momentum is >= 0 and <= 1, Kind, "Momentum", "from 0 to 1", Momentum),
        .. HasMomentumToo ? [Problem.Of(Rules.MomentumOfMean, Kind, Momentum).At("Momentum")] : Array.Empty<Problem>(),
    ];

    public override Inference Infer(TensorShape input) => Inference.Of(input, Math.Max(1, input.Rank) == Rank ? Mismatch(input) : OtherRank(input));

    /// <summary>PyTorch's.</summary>
    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        int features = input.Features;
        ParameterSpec[] affine = [new("weight", [features], ParameterInitialization.Ones), new("bias", [features], ParameterInitialization.Zeros)];
        return
        [
            .. Affine ? affine : [],
            new("running_mean", [features], ParameterInitialization.Zeros, IsTrainable: false),
            new("running_var", [features], ParameterInitialization.Ones, IsTrainable: false),
        ];
    }

    /// <summary>Training normalises with the batch's statistics, evaluation, and whatever is frozen, with the running ones.</summary>
    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int mean = program.Parameter("running_mean"), variance = program.Parameter("running_var");
        int statistics = program.NewStatistics("statistics", output), y = program.New(output);
        if (!program.IsFrozen && IsCumulative)
            DescribeMean(program, x, output, mean, variance, statistics);
        else if (!program.IsFrozen)
            program.Emit(new BatchStatistics(program.Node, x, mean, variance, statistics, Eps, Momentum) { When = When.Training });
        program.Emit(new RunningStatistics(program.Node, mean, variance, statistics, Eps) { When = program.IsFrozen ? When.Always : When.Evaluation });
        program.Emit(new Normalize(program.Node, x, ParameterOr(program, "weight", 1, output), ParameterOr(program, "bias", 0, output), statistics, y) { IsFixed = program.IsFrozen });
        return y;
    }

    /// <summary>The batch's own statistics, as running ones of momentum 1, and the mean moved towards them by their number.</summary>
    private void DescribeMean(ProgramBuilder program, int x, TensorShape output, int mean, int variance, int statistics)
    {
        int ofBatch = program.NewStatistics("mean", output), varianceOfBatch = program.NewStatistics("variance", output);
        program.Emit(new Fill(program.Node, ofBatch, 0) { When = When.Training });
        program.Emit(new Fill(program.Node, varianceOfBatch, 0) { When = When.Training });
        program.Emit(new BatchStatistics(program.Node, x, ofBatch, varianceOfBatch, statistics, Eps, 1) { When = When.Training });
        program.Emit(new CumulativeMean(program.Node, program.Counter, ofBatch, mean) { When = When.Training });
        program.Emit(new CumulativeMean(program.Node, program.Counter, varianceOfBatch, variance) { When = When.Training });
    }

    /// <summary>Without weights it is the same with constants in their place.</summary>
    private int ParameterOr(ProgramBuilder program, string name, double otherwise, TensorShape output)
    {
        if (Affine)
            return program.Parameter(name);
        int constant = program.NewStatistics(name, output);
        program.Emit(new Fill(program.Node, constant, otherwise));
        return constant;
    }

    private static string KindOf(int rank) => FormattableString.Invariant($"BatchNorm{rank}d");

    private static string ArgumentOf(int rank) => rank == 1 ? "features" : "channels";

    private Problem? Mismatch(TensorShape input) =>
        Features is { } written && written != input.Features
            ? Problem.Of(Rules.WrongNormFeatures, Kind, written, Argument, input.IsFlat ? input.Arithmetic : input).At(Argument).Corrected(input.Features)
            : null;

    /// <summary>It is the other layer that normalises such an input.</summary>
    private Problem OtherRank(TensorShape input)
    {
        string other = KindOf(Math.Max(1, input.Rank));
        string normalised = Rank switch { 1 => "vectors and signals", 2 => "images", _ => "volumes" };
        string received = input.IsFlat ? FormattableString.Invariant($"{input.Size} flat features") : $"{input}";
        return Problem.Of(Rules.OtherNormalization, Kind, normalised, received, other) with { Correction = other };
    }
}
