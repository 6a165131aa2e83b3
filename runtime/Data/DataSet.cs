using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace NetGen;

/// <summary>
/// Samples in memory: <see cref="Count"/> inputs of <see cref="InputShape"/>, contiguous, and for each of them a class (<see cref="Labels"/>) or
/// values (<see cref="Targets"/>), and a weight where one is wanted. Immutable: every operation gives another set, and slices share the memory of
/// the whole.
/// </summary>
public sealed partial class DataSet
{
    private readonly ReadOnlyMemory<float> inputs;
    private readonly ReadOnlyMemory<int> labels;
    private readonly ReadOnlyMemory<float> targets;
    private readonly ReadOnlyMemory<float> weights;

    /// <summary>A set of classes over these values, which are kept, not copied: leave them unchanged from now on.</summary>
    /// <param name="inputShape">Shape of one sample, [channels, height, width] or [features].</param>
    /// <param name="inputs">All samples one after the other, each in row-major order of <paramref name="inputShape"/>.</param>
    /// <param name="labels">A class per sample, from 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of labels times the size of a sample, or a label is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 1.</exception>
    public DataSet(Shape inputShape, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels, int classCount)
        : this(inputShape, inputShape.Size, labels.Length, inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (inputs.Length != (long)Count * InputSize)
        {
            throw new ArgumentException(
                $"{Count} labels need {Count} inputs of shape {inputShape}: {(long)Count * InputSize} values are expected, {inputs.Length} are given.",
                nameof(inputs));
        }
        this.labels = labels;
        ClassCount = classCount;
        ReadOnlySpan<int> given = labels.Span;
        for (int i = 0; i < given.Length; i++)
        {
            if ((uint)given[i] >= (uint)classCount)
            {
                throw new ArgumentException(
                    $"Label {i} is {given[i]}: with {classCount} classes it must lie in 0..{classCount - 1}.", nameof(labels));
            }
        }
    }

    /// <summary>A set of classes over these values; the inputs are kept, not copied: leave them unchanged from now on.</summary>
    /// <inheritdoc cref="DataSet(Shape, ReadOnlyMemory{float}, ReadOnlyMemory{int}, int)"/>
    public DataSet(Shape inputShape, ReadOnlyMemory<float> inputs, ReadOnlyMemory<byte> labels, int classCount)
        : this(inputShape, inputs, Widened(labels), classCount)
    {
    }

    /// <summary>
    /// A set of values to be learnt, as in regression, over these values, which are kept, not copied: leave them unchanged from now on.
    /// <c>new DataSet([8], inputs, targets)</c>
    /// </summary>
    /// <param name="inputShape">Shape of one sample, [channels, height, width] or [features].</param>
    /// <param name="inputs">All samples one after the other, each in row-major order of <paramref name="inputShape"/>.</param>
    /// <param name="targets">What the outputs should be for each sample, one sample after the other.</param>
    /// <param name="targetShape">Shape of one sample's targets; null: as many in a row as there are for each sample.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of samples, or there are not as many targets for each of them.</exception>
    public DataSet(Shape inputShape, ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets, Shape? targetShape = null)
        : this(inputShape, inputShape.Size, inputs.Length / inputShape.Size, inputs)
    {
        if (inputs.Length != (long)Count * InputSize)
        {
            throw new ArgumentException(
                $"Inputs of shape {inputShape} come in multiples of {InputSize} values, and {inputs.Length} are given.", nameof(inputs));
        }
        Shape shape = targetShape ?? new Shape(Math.Max(1, targets.Length / Math.Max(1, Count)));
        if (targets.Length != (long)Count * shape.Size)
        {
            throw new ArgumentException(
                targetShape is null
                    ? $"{Count} samples need the same number of targets each, and {targets.Length} are given in all."
                    : $"{Count} samples need targets of shape {shape}: {(long)Count * shape.Size} values are expected, {targets.Length} are given.",
                nameof(targets));
        }
        this.targets = targets;
        TargetShape = shape;
        TargetSize = shape.Size;
    }

    private DataSet(Shape inputShape, int inputSize, int count, ReadOnlyMemory<float> inputs)
    {
        InputShape = inputShape;
        InputSize = inputSize;
        Count = count;
        this.inputs = inputs;
    }

    /// <summary>A set of parts of another, checked when that was made.</summary>
    private DataSet(
        DataSet source, int count, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> weights)
        : this(source.InputShape, source.InputSize, count, inputs)
    {
        this.labels = labels;
        this.targets = targets;
        this.weights = weights;
        ClassCount = source.ClassCount;
        ClassNames = source.ClassNames;
        TargetShape = source.TargetShape;
        TargetSize = source.TargetSize;
        Batching = source.Batching;
        Levels = source.Levels;
    }

    /// <summary>Shape of one sample.</summary>
    public Shape InputShape { get; }

    /// <summary>Values of one sample.</summary>
    public int InputSize { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Whether samples have a class each; otherwise they have targets.</summary>
    public bool HasLabels => TargetShape is null;

    /// <summary>Number of classes, labels lie below it; 0 where samples have targets.</summary>
    public int ClassCount { get; }

    /// <summary>What the classes are called, in their order; empty where nothing says so.</summary>
    public ImmutableArray<string> ClassNames { get; private init; } = [];

    /// <summary>Shape of one sample's targets; null where samples have a class each.</summary>
    public Shape? TargetShape { get; }

    /// <summary>Targets of one sample; 0 where samples have a class each.</summary>
    public int TargetSize { get; }

    /// <summary>All samples, <c>[Count, InputShape]</c>, contiguous.</summary>
    public ReadOnlySpan<float> Inputs => inputs.Span;

    /// <summary>The class of every sample; empty where samples have targets.</summary>
    public ReadOnlySpan<int> Labels => labels.Span;

    /// <summary>What the outputs should be, <c>[Count, TargetShape]</c>, contiguous; empty where samples have a class each.</summary>
    public ReadOnlySpan<float> Targets => targets.Span;

    /// <summary>How much every sample counts; empty where all count alike.</summary>
    public ReadOnlySpan<float> Weights => weights.Span;

    /// <summary>The values of one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Sample(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return inputs.Span.Slice(index * InputSize, InputSize);
    }

    /// <summary>The first <paramref name="count"/> samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public DataSet Take(int count) => Slice(0, count);

    /// <summary><paramref name="count"/> samples from <paramref name="start"/> on, in the same memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the set.</exception>
    public DataSet Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new(
            this, count, inputs.Slice(start * InputSize, count * InputSize), HasLabels ? labels.Slice(start, count) : labels,
            targets.Slice(start * TargetSize, count * TargetSize), HasWeights ? weights.Slice(start, count) : weights);
    }

    /// <summary>
    /// The first <paramref name="trainCount"/> samples to train on and the rest to measure on, in the same memory;
    /// <see cref="Shuffle"/> first, or <see cref="Split(double, Seed, bool)"/>, where the order is not random.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public DataSplit Split(int trainCount) => new(Take(trainCount), Slice(trainCount, Count - trainCount));

    /// <summary>The same samples in a random order: a Fisher–Yates shuffle that the seed fixes.</summary>
    public DataSet Shuffle(Seed seed)
    {
        var order = new int[Count];
        new RandomStream(seed).Permutation(order);
        return At(order);
    }

    /// <summary>
    /// The same samples, each with how much it counts: the mean loss of a batch, and so its gradient, is Σ weight·loss / Σ weight, which a common
    /// factor of all weights does not change. Accuracy counts every sample alike.
    /// </summary>
    /// <param name="weights">A weight per sample, at least 0 and not all of them 0; kept, not copied: leave them unchanged from now on.</param>
    /// <exception cref="ArgumentException">There are not as many weights as samples, one is negative or not finite, or all are 0.</exception>
    public DataSet WithWeights(ReadOnlyMemory<float> weights)
    {
        if (weights.Length != Count)
            throw new ArgumentException($"{Count} samples need {Count} weights, and {weights.Length} are given.", nameof(weights));
        ReadOnlySpan<float> given = weights.Span;
        for (int i = 0; i < given.Length; i++)
        {
            if (!(given[i] >= 0) || !float.IsFinite(given[i]))
                throw new ArgumentException($"Weight {i} is {given[i]}: weights are finite numbers of at least 0.", nameof(weights));
        }
        if (Count > 0 && given.IndexOfAnyExcept(0) < 0)
            throw new ArgumentException($"All {Count} weights are 0: at least one sample must count.", nameof(weights));
        return new(this, Count, inputs, labels, targets, weights);
    }

    /// <summary>The same samples with names for their classes.</summary>
    /// <param name="names">A name for each class, in their order.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes, or one is null.</exception>
    public DataSet WithClassNames(params ImmutableArray<string> names)
    {
        if (names.IsDefault || names.Length != ClassCount || names.Contains(null!))
        {
            throw new ArgumentException(
                $"{ClassCount} classes need {ClassCount} names, and {(names.IsDefault ? 0 : names.Count(name => name is not null))} are given.", nameof(names));
        }
        return new(this, Count, inputs, labels, targets, weights) { ClassNames = names };
    }

    /// <summary>
    /// The same samples with their values in another order: one random permutation, fixed by the seed, for every sample, so that a
    /// training and a test set permuted by one seed go together ("permuted MNIST").
    /// </summary>
    public DataSet Permute(Seed seed)
    {
        var order = new int[InputSize];
        new RandomStream(seed).Permutation(order);
        ReadOnlySpan<float> source = inputs.Span;
        var permuted = new float[source.Length];
        for (int start = 0; start < permuted.Length; start += InputSize)
        {
            ReadOnlySpan<float> from = source.Slice(start, InputSize);
            Span<float> to = permuted.AsSpan(start, InputSize);
            for (int i = 0; i < to.Length; i++)
                to[i] = from[order[i]];
        }
        return new(this, Count, permuted, labels, targets, weights);
    }

    /// <summary>The same samples with every value x made (x - <paramref name="mean"/>) / <paramref name="std"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is not above 0, or one of the two is not finite.</exception>
    public DataSet Normalize(double mean, double std) => Normalize([mean], [std]);

    /// <summary>
    /// The same samples with every value x of channel c made (x - <paramref name="mean"/>[c]) / <paramref name="std"/>[c]. Channels are the
    /// outermost dimension of <see cref="InputShape"/>; one mean and one deviation serve all.
    /// </summary>
    /// <exception cref="ArgumentException">There is neither one value nor one per channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A deviation is not above 0, or a value is not finite.</exception>
    public DataSet Normalize(ReadOnlySpan<double> mean, ReadOnlySpan<double> std)
    {
        int channels = mean.Length;
        if (channels != std.Length || (channels != 1 && (InputShape.Rank == 0 || channels != InputShape[0])))
        {
            throw new ArgumentException(
                $"Samples of shape {InputShape} need one mean and one deviation, or one of each per channel; {mean.Length} and {std.Length} are given.");
        }
        for (int channel = 0; channel < channels; channel++)
        {
            if (!float.IsFinite((float)mean[channel]))
                throw new ArgumentOutOfRangeException(nameof(mean), mean[channel], $"The mean of channel {channel} must be finite.");
            if (!((float)std[channel] > 0) || !float.IsFinite((float)std[channel]))
            {
                throw new ArgumentOutOfRangeException(nameof(std), std[channel],
                    $"The standard deviation of channel {channel} must be above 0 and finite.");
            }
        }
        ReadOnlySpan<float> source = inputs.Span;
        var normalized = new float[source.Length];
        int area = InputSize / channels;
        for (int start = 0, channel = 0; start < normalized.Length; start += area, channel = (channel + 1) % channels)
        {
            ReadOnlySpan<float> from = source.Slice(start, area);
            Span<float> to = normalized.AsSpan(start, area);
            float centre = (float)mean[channel], deviation = (float)std[channel];
            for (int i = 0; i < to.Length; i++)
                to[i] = (from[i] - centre) / deviation;
        }
        return new(this, Count, normalized, labels, targets, weights) { Levels = Normalized(mean, std) };
    }

    /// <summary>
    /// The same samples with every feature brought to mean 0 and deviation 1 over the set, or every channel of images: what most networks learn
    /// from best. <c>train = train.Standardize(out Standardization scale); test = test.Standardize(scale);</c>
    /// </summary>
    /// <param name="scale">The means and deviations found, for the test set and for samples to predict from.</param>
    public DataSet Standardize(out Standardization scale)
    {
        scale = Standardization.Of(Inputs, InputShape.Rank == 0 ? 1 : InputShape[0], InputShape.Rank == 0 ? 1 : InputSize / InputShape[0]);
        return Standardize(scale);
    }

    /// <summary>The same samples with inputs standardised as another set's were.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="scale"/> is null.</exception>
    /// <exception cref="ArgumentException">Its samples have another number of values.</exception>
    public DataSet Standardize(Standardization scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        CheckScale(scale, InputSize, "inputs");
        return new(this, Count, scale.Apply(Inputs), labels, targets, weights) { Levels = Normalized(scale.Mean.AsSpan(), scale.Std.AsSpan()) };
    }

    /// <summary>
    /// The same samples with every target brought to mean 0 and deviation 1 over the set, which errors of targets of different sizes need in order
    /// to count alike; <see cref="Standardization.Undo"/> brings outputs back.
    /// </summary>
    /// <param name="scale">The means and deviations found, for the test set and for the network's outputs.</param>
    /// <exception cref="InvalidOperationException">The samples have classes, not targets.</exception>
    public DataSet StandardizeTargets(out Standardization scale)
    {
        scale = Standardization.Of(Targets, TargetSize > 0 ? TargetSize : throw NoTargets(), 1);
        return StandardizeTargets(scale);
    }

    /// <summary>The same samples with targets standardised as another set's were.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="scale"/> is null.</exception>
    /// <exception cref="ArgumentException">Its samples have another number of values.</exception>
    /// <exception cref="InvalidOperationException">The samples have classes, not targets.</exception>
    public DataSet StandardizeTargets(Standardization scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        if (TargetSize == 0)
            throw NoTargets();
        CheckScale(scale, TargetSize, "targets");
        return new(this, Count, inputs, labels, scale.Apply(Targets), weights);
    }

    /// <summary>
    /// The samples in batches of <paramref name="size"/>, the last one shorter where they do not divide evenly:
    /// <c>foreach (Batch batch in train.Batches(64, shuffle: new Seed(1)))</c>.
    /// </summary>
    /// <param name="size">Samples per batch, at least 1.</param>
    /// <param name="shuffle">The seed of a random order (Fisher–Yates over xoshiro256**), and of augmentation; null: the order of the set.</param>
    /// <param name="dropLast">Leaves out a shorter last batch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public BatchSequence Batches(int size, Seed? shuffle = null, bool dropLast = false) => new(this, size, shuffle, dropLast);

    /// <summary>
    /// The same samples, whose shuffled batches are put together by threads of their own while the caller is busy with the one before. What comes out is the
    /// same, in the same order, whatever the threads.
    /// </summary>
    /// <remarks>
    /// It pays where there are more processors than threads that train. The threads live as long as a run through the batches; one that is left half way,
    /// by <c>break</c> or an exception, ends them.
    /// </remarks>
    /// <param name="batches">Batches that are made ahead at most, at least 1; each takes memory of its own.</param>
    /// <param name="threads">How many threads make them, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there are more than <see cref="WorkerPool.MaxThreads"/> threads.</exception>
    public DataSet Prefetch(int batches = 2, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        WorkerPool.CheckThreads(threads);
        return Made(Batching with { Ahead = new(batches, threads) });
    }

    internal bool HasWeights => !weights.IsEmpty;

    /// <summary>Samples from <paramref name="start"/> on, in the same memory.</summary>
    internal Batch View(int start, int count) => new(
        inputs.Span.Slice(start * InputSize, count * InputSize), HasLabels ? labels.Span.Slice(start, count) : default,
        targets.Span.Slice(start * TargetSize, count * TargetSize), HasWeights ? weights.Span.Slice(start, count) : default, count)
    {
        First = start,
    };

    /// <summary>Copies the samples of that order, one after the other.</summary>
    internal void Gather(ReadOnlySpan<int> order, SampleBuffer to)
    {
        Gather(order, inputs.Span, InputSize, to.Inputs);
        GatherAnswers(order, to);
    }

    /// <summary>Copies what the samples of that order should be, and what they count.</summary>
    internal void GatherAnswers(ReadOnlySpan<int> order, SampleBuffer to)
    {
        Gather(order, targets.Span, TargetSize, to.Targets);
        if (HasLabels)
            Gather(order, labels.Span, 1, to.Labels);
        if (HasWeights)
            Gather(order, weights.Span, 1, to.Weights);
    }

    private static void Gather<T>(ReadOnlySpan<int> order, ReadOnlySpan<T> from, int size, Span<T> to)
    {
        for (int i = 0; i < order.Length; i++)
            from.Slice(order[i] * size, size).CopyTo(to[(i * size)..]);
    }

    /// <summary>What black and full light of images become; of other samples nothing is known.</summary>
    private PixelLevels Normalized(ReadOnlySpan<double> mean, ReadOnlySpan<double> std) =>
        ImageSize.Of(InputShape) is { } size && (mean.Length == 1 || mean.Length == size.Channels) ? Levels.Normalized(mean, std) : Levels;

    private static InvalidOperationException NoTargets() => new("These samples have a class each, and no targets to standardise.");

    private static void CheckScale(Standardization scale, int size, string what)
    {
        if (scale.Mean.Length * scale.Area != size)
            throw new ArgumentException($"The scale is of samples of {scale.Mean.Length * scale.Area} values; these have {size} {what}.", nameof(scale));
    }

    private static int[] Widened(ReadOnlyMemory<byte> labels)
    {
        var widened = new int[labels.Length];
        TensorPrimitives.ConvertChecked(labels.Span, widened);
        return widened;
    }
}
