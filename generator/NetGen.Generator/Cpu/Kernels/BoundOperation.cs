using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>Arithmetic bound to memory: constant extents and strides, from which a kernel is emitted. Equal ones share it.</summary>
internal abstract record BoundOperation
{
    /// <summary>Names the kernel by what it computes.</summary>
    public abstract string Name { get; }

    /// <summary>One plain-English line for the comment over the kernel.</summary>
    public abstract string Summary { get; }

    /// <summary>How the work is cut into shares.</summary>
    public abstract Work Work { get; }

    /// <summary>Whether a kernel is emitted for it; otherwise the runtime does it.</summary>
    public virtual bool HasKernel => true;
}

/// <summary>How the work of a kernel is cut into shares.</summary>
internal enum Work
{
    /// <summary>One group of samples, done by one worker: no more arguments.</summary>
    Group,

    /// <summary>A range of samples: <c>from, to</c>.</summary>
    Samples,

    /// <summary>A range of samples that must know their number: <c>samples, from, to</c>.</summary>
    CountedSamples,

    /// <summary>A range of tiles or channel blocks, over all samples: <c>samples, from, to</c>.</summary>
    Pieces,
}

/// <summary>One pass over a whole activation, value by value.</summary>
/// <param name="Function">What is done to a value.</param>
/// <param name="Floats">Values of a sample, or of a group of samples; a multiple of 16.</param>
/// <param name="IsPerSample">The number of samples is known at run time.</param>
internal sealed record Elementwise(ElementwiseFunction Function, int Floats, bool IsPerSample) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"{Function.Name}Of{Floats}");

    public override string Summary => FormattableString.Invariant($"{Function.Name} of {Floats} values.");

    public override Work Work => IsPerSample ? Work.Samples : Work.Group;
}

/// <summary>Dropout of a whole activation: (x, y), or (dy) in place.</summary>
/// <param name="IsGradient">Drops the gradients of what was dropped: the mask is a function of seed, sample and element, so it is made again.</param>
/// <param name="Floats">Values of a sample, or of a group of samples; a multiple of 16.</param>
/// <param name="IsPerSample">The number of samples is known at run time.</param>
/// <param name="Probability">Of a value to be dropped.</param>
/// <param name="Salt">The layer's own number, so that no two layers drop alike.</param>
/// <param name="Shared">Values that share a choice: 1, or the pixels of a channel.</param>
internal sealed record LinearDropout(bool IsGradient, int Floats, bool IsPerSample, double Probability, int Salt, int Shared = 1) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"Dropout{(Shared == 1 ? "" : "2d")}{(IsGradient ? "Gradient" : "")}Of{Floats}");

    public override string Summary =>
        FormattableString.Invariant($"Dropout{(IsGradient ? "Gradient" : "")} of {Floats} values{(Shared == 1 ? "" : FormattableString.Invariant($", {Shared} pixels of a channel alike"))}.");

    public override Work Work => IsPerSample ? Work.Samples : Work.Group;
}

/// <summary>Pooling forward (x, y) or backward.</summary>
/// <param name="IsMax">Maximum or mean.</param>
/// <param name="IsGradient">Forward: (x, y). Gradient of the mean: (dy, dx). Gradient of the maximum: (x, y, dy, dx).</param>
/// <param name="MasksByInput">Gradient of the maximum: also ReLU's gradient, told from x, ReLU's output.</param>
/// <param name="Blocks">Channels, or blocks of 16 channels: their number and distance in X and Y.</param>
/// <param name="Samples">Samples, where they are not lanes.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
internal sealed record StridedPooling(
    bool IsMax, bool IsGradient, bool MasksByInput, InAxis Blocks, SampleAxis? Samples, StridedAxis Rows, StridedAxis Columns) : BoundOperation
{
    /// <summary>How windows differ; null: they slide, and all means are over as many.</summary>
    public UnevenWindows? Uneven { get; init; }

    public override string Name => FormattableString.Invariant(
        $"{(Uneven is null ? "" : "Uneven")}{(IsMax ? "Max" : "Average")}Pool{Rows.Kernel}x{Columns.Kernel}Of{Rows.Input}x{Columns.Input}{(IsGradient ? "Gradient" : "")}");

    public override string Summary => IsGradient
        ? $"Each gradient to {(IsMax ? "the first largest value" : "all values")} of its window."
        : FormattableString.Invariant($"{(IsMax ? "Maximum" : "Mean")} over {Rows.Kernel}×{Columns.Kernel}, {Rows.Input}×{Columns.Input} → {Rows.Output}×{Columns.Output}.");

    public override Work Work => Samples is null ? Work.Group : Work.Samples;
}

/// <summary>The sum of gradients over samples and pixels, per channel: (dy, db).</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Pixels">Pixels of a channel.</param>
/// <param name="SamplesAreLanes">Adds to db the sums of vectors; otherwise channels are lanes and db is overwritten.</param>
internal sealed record BiasGradient(int Channels, int Pixels, bool SamplesAreLanes) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"BiasGradient{Channels}x{Pixels}");

    public override string Summary => $"Bias gradient: sums over samples{(Pixels == 1 ? "" : " and pixels")}.";

    public override Work Work => SamplesAreLanes ? Work.Group : Work.Pieces;
}

/// <summary>Softmax or its logarithm over all features: (x, y) forward, (y, dy) backward, in place.</summary>
/// <param name="IsLog">The logarithm.</param>
/// <param name="IsGradient">Backward.</param>
/// <param name="Outer">Terms: outer count and floats between.</param>
/// <param name="Inner">Terms: count next to one another and floats between.</param>
/// <param name="SamplesAreLanes">A term is a vector of samples; otherwise terms are lanes.</param>
/// <param name="SampleStep">Floats between samples where they are not lanes.</param>
internal sealed record StridedSoftmax(bool IsLog, bool IsGradient, TermAxis Outer, TermAxis Inner, bool SamplesAreLanes, int SampleStep) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"{(IsLog ? "LogSoftmax" : "Softmax")}Of{Outer.Count * Inner.Count}{(IsGradient ? "Gradient" : "")}");

    public override string Summary => IsGradient
        ? "The gradient less what all terms share, in place."
        : $"Exponentials over their sum{(IsLog ? ", as logarithms" : "")}.";

    public override Work Work => SamplesAreLanes ? Work.Group : Work.Samples;
}

/// <summary>A number of things and the floats between neighbours; where they lie in blocks, also how many are one and the floats between blocks.</summary>
internal readonly record struct TermAxis(int Count, int Step, int Block = 0, int BlockStep = 0);

/// <summary>A part of batch normalisation, channels as lanes.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Blocks">Blocks of 16 channels.</param>
/// <param name="Pixels">Pixels of a sample.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch in the running statistics.</param>
internal sealed record StridedNormalization(NormalizationPart Part, int Blocks, int Pixels, double Eps = 0, double Momentum = 0) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"BatchNorm{Part}{Blocks * 16}x{Pixels}");

    public override string Summary => Part switch
    {
        NormalizationPart.BatchStatistics => "Mean and deviation of the batch.",
        NormalizationPart.RunningStatistics => "Mean and deviation as training left them.",
        NormalizationPart.Normalize => "Normalises, scales and shifts.",
        NormalizationPart.ParameterGradient => "Gradients of scale and shift.",
        NormalizationPart.InputGradient => "The gradient through the batch's statistics.",
        _ => "The gradient where statistics are constants.",
    };

    public override Work Work => Part is NormalizationPart.BatchStatistics or NormalizationPart.RunningStatistics or NormalizationPart.ParameterGradient
        ? Work.Pieces : Work.CountedSamples;
}

/// <summary>The parts of batch normalisation.</summary>
internal enum NormalizationPart
{
    /// <summary>(x, running_mean, running_var, scale): batch mean, 1/σ and the mean's rest to scale[0..], and the running statistics moved.</summary>
    BatchStatistics,

    /// <summary>(running_mean, running_var, scale): the running ones instead.</summary>
    RunningStatistics,

    /// <summary>(x, weight, bias, scale, y).</summary>
    Normalize,

    /// <summary>(x, dy, scale, dweight, dbias, sums): the mean gradient, its rest, and Σ dy·(x − mean)/(nσ²) to sums[0..].</summary>
    ParameterGradient,

    /// <summary>(x, dy, weight, scale, sums, dx): with batch statistics.</summary>
    InputGradient,

    /// <summary>(dy, weight, scale, dx): with running statistics, which are constants.</summary>
    InputGradientRunning,
}
