namespace NetGen;

/// <summary>
/// Labelled samples in memory: <see cref="Count"/> inputs of <see cref="InputShape"/>, contiguous, and a class for each.
/// Immutable: every operation gives another set, and slices share the memory of the whole.
/// </summary>
public sealed class DataSet
{
    private readonly ReadOnlyMemory<float> inputs;
    private readonly ReadOnlyMemory<int> labels;

    /// <summary>A set over these values, which are kept, not copied: leave them unchanged from now on.</summary>
    /// <param name="inputShape">Shape of one sample, [channels, height, width] or [features].</param>
    /// <param name="inputs">All samples one after the other, each in row-major order of <paramref name="inputShape"/>.</param>
    /// <param name="labels">A class per sample, from 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The number of values is not the number of labels times the size of a sample, or a label is no class.</exception>
    public DataSet(Shape inputShape, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels, int classCount)
        : this(inputShape, inputShape.Size, inputs, labels, classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (inputs.Length != (long)labels.Length * InputSize)
        {
            throw new ArgumentException(
                $"{labels.Length} labels need {labels.Length} inputs of shape {inputShape}: {(long)labels.Length * InputSize} values are expected, {inputs.Length} are given.",
                nameof(inputs));
        }
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

    /// <summary>A set of parts of a set, checked when that was made.</summary>
    private DataSet(Shape inputShape, int inputSize, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels, int classCount)
    {
        InputShape = inputShape;
        InputSize = inputSize;
        this.inputs = inputs;
        this.labels = labels;
        ClassCount = classCount;
    }

    /// <summary>Shape of one sample.</summary>
    public Shape InputShape { get; }

    /// <summary>Values of one sample.</summary>
    public int InputSize { get; }

    /// <summary>Number of samples.</summary>
    public int Count => labels.Length;

    /// <summary>Number of classes; labels lie below it.</summary>
    public int ClassCount { get; }

    /// <summary>All samples, <c>[Count, InputShape]</c>, contiguous.</summary>
    public ReadOnlySpan<float> Inputs => inputs.Span;

    /// <summary>The class of every sample.</summary>
    public ReadOnlySpan<int> Labels => labels.Span;

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
        return new(InputShape, InputSize, inputs.Slice(start * InputSize, count * InputSize), labels.Slice(start, count), ClassCount);
    }

    /// <summary>
    /// The first <paramref name="trainCount"/> samples to train on and the rest to measure on, in the same memory;
    /// <see cref="Shuffle"/> first where the order is not random.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public DataSplit Split(int trainCount) => new(Take(trainCount), Slice(trainCount, Count - trainCount));

    /// <summary>The same samples in a random order: a Fisher–Yates shuffle that the seed fixes.</summary>
    public DataSet Shuffle(Seed seed)
    {
        var order = new int[Count];
        new RandomStream(seed).Permutation(order);
        var shuffledInputs = new float[inputs.Length];
        var shuffledLabels = new int[Count];
        Gather(order, shuffledInputs, shuffledLabels);
        return new(InputShape, InputSize, shuffledInputs, shuffledLabels, ClassCount);
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
        return new(InputShape, InputSize, permuted, labels, ClassCount);
    }

    /// <summary>The same samples with every value x made (x - <paramref name="mean"/>) / <paramref name="std"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is not above 0, or one of the two is not finite.</exception>
    public DataSet Normalize(float mean, float std) => Normalize([mean], [std]);

    /// <summary>
    /// The same samples with every value x of channel c made (x - <paramref name="mean"/>[c]) / <paramref name="std"/>[c]. Channels are the
    /// outermost dimension of <see cref="InputShape"/>; one mean and one deviation serve all.
    /// </summary>
    /// <exception cref="ArgumentException">There is neither one value nor one per channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A deviation is not above 0, or a value is not finite.</exception>
    public DataSet Normalize(ReadOnlySpan<float> mean, ReadOnlySpan<float> std)
    {
        int channels = mean.Length;
        if (channels != std.Length || (channels != 1 && (InputShape.Rank == 0 || channels != InputShape[0])))
        {
            throw new ArgumentException(
                $"Samples of shape {InputShape} need one mean and one deviation, or one of each per channel; {mean.Length} and {std.Length} are given.");
        }
        for (int channel = 0; channel < channels; channel++)
        {
            if (!float.IsFinite(mean[channel]))
                throw new ArgumentOutOfRangeException(nameof(mean), mean[channel], $"The mean of channel {channel} must be finite.");
            if (!(std[channel] > 0) || !float.IsFinite(std[channel]))
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
            float centre = mean[channel], deviation = std[channel];
            for (int i = 0; i < to.Length; i++)
                to[i] = (from[i] - centre) / deviation;
        }
        return new(InputShape, InputSize, normalized, labels, ClassCount);
    }

    /// <summary>
    /// The samples in batches of <paramref name="size"/>, the last one shorter where they do not divide evenly:
    /// <c>foreach (Batch batch in train.Batches(64, shuffle: new Seed(1)))</c>.
    /// </summary>
    /// <param name="size">Samples per batch, at least 1.</param>
    /// <param name="shuffle">The seed of a random order (Fisher–Yates over xoshiro256**); null: the order of the set.</param>
    /// <param name="dropLast">Leaves out a shorter last batch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public BatchSequence Batches(int size, Seed? shuffle = null, bool dropLast = false) => new(this, size, shuffle, dropLast);

    /// <summary>Copies the samples of that order, one after the other.</summary>
    internal void Gather(ReadOnlySpan<int> order, Span<float> toInputs, Span<int> toLabels)
    {
        ReadOnlySpan<float> fromInputs = inputs.Span;
        ReadOnlySpan<int> fromLabels = labels.Span;
        for (int i = 0; i < order.Length; i++)
        {
            fromInputs.Slice(order[i] * InputSize, InputSize).CopyTo(toInputs[(i * InputSize)..]);
            toLabels[i] = fromLabels[order[i]];
        }
    }
}
