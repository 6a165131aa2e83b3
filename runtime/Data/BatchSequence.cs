namespace NetGen;

/// <summary>
/// A <see cref="DataSet"/> in batches, as often as wanted. Batches in the order of the set are views of it; shuffled ones are gathered into
/// a buffer made once, so going through them allocates nothing, and one run through them ends before the next begins. One thread at a time.
/// </summary>
public sealed class BatchSequence
{
    private readonly DataSet data;
    private readonly Seed? shuffle;
    private readonly int[] order = [];
    private readonly SampleBuffer? gathered;
    private int enumeration;

    internal BatchSequence(DataSet data, int size, Seed? shuffle, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.data = data;
        this.shuffle = shuffle;
        BatchSize = size;
        SampleCount = dropLast ? data.Count - data.Count % size : data.Count;
        Count = (int)(((long)SampleCount + size - 1) / size);
        if (shuffle is not null)
        {
            order = new int[data.Count];
            gathered = new SampleBuffer(data, Math.Min(size, data.Count));
        }
    }

    /// <summary>Samples of a full batch.</summary>
    public int BatchSize { get; }

    /// <summary>Number of batches.</summary>
    public int Count { get; }

    /// <summary>Samples in all batches together: fewer than the set's only where a short last batch is dropped.</summary>
    public int SampleCount { get; }

    /// <summary>The batches of epoch 0.</summary>
    public Enumerator GetEnumerator() => Epoch(0);

    /// <summary>
    /// The batches of one epoch: shuffled ones come in an order of their own for every epoch, which depends on the seed and
    /// <paramref name="epoch"/> only. <c>foreach (Batch batch in batches.Epoch(3))</c>
    /// </summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative.</exception>
    public Enumerator Epoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        enumeration++;
        if (shuffle is { } seed)
            new RandomStream(seed.Derive((ulong)epoch)).Permutation(order);
        return new(this, enumeration);
    }

    private Batch At(int start)
    {
        int count = Math.Min(BatchSize, SampleCount - start);
        if (gathered is null)
            return data.View(start, count);
        ReadOnlySpan<int> indices = order.AsSpan(start, count);
        data.Gather(indices, gathered);
        return gathered.First(indices);
    }

    /// <summary>Goes through the batches of one epoch.</summary>
    public ref struct Enumerator
    {
        private readonly BatchSequence sequence;
        private readonly int enumeration;
        private int next;

        internal Enumerator(BatchSequence sequence, int enumeration)
        {
            this.sequence = sequence;
            this.enumeration = enumeration;
        }

        /// <summary>The batch reached; valid until the next <see cref="MoveNext"/>.</summary>
        public Batch Current { get; private set; }

        /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
        public readonly Enumerator GetEnumerator() => this;

        /// <summary>Goes on to the next batch; false after the last.</summary>
        /// <exception cref="InvalidOperationException">Another run through the same shuffled sequence has begun since and taken its buffer.</exception>
        public bool MoveNext()
        {
            // Without a shuffle batches are views, and runs have nothing in common.
            if (sequence.shuffle is not null && enumeration != sequence.enumeration)
            {
                throw new InvalidOperationException(
                    "Another run through these shuffled batches has begun before this one ended; call Batches again for runs that interleave.");
            }
            if (next >= sequence.SampleCount)
                return false;
            Current = sequence.At(next);
            next += Current.Count;
            return true;
        }
    }
}
