namespace NetGen;

/// <summary>
/// A <see cref="DataSet"/> in batches, as often as wanted. Batches in the order of the set are views of it; shuffled and augmented ones are made in
/// buffers of their own, so going through them allocates nothing, and one run through them ends before the next begins. One thread at a time.
/// </summary>
public sealed class BatchSequence
{
    private readonly DataSet data;

    /// <summary>Null where batches are views.</summary>
    private readonly BatchPlan? plan;
    private readonly SampleBuffer[] buffers = [];
    private BatchesAhead? ahead;
    private int enumeration;
    private bool isMaking;

    internal BatchSequence(DataSet data, int size, Seed? shuffle, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.data = data;
        BatchSize = size;
        SampleCount = dropLast ? data.Count - data.Count % size : data.Count;
        Count = (int)(((long)SampleCount + size - 1) / size);
        if (shuffle is not null || !data.Batching.Augmentation.IsEmpty)
        {
            BatchPlan made = new(data, size, SampleCount, shuffle);
            plan = made;
            buffers = [.. Enumerable.Range(0, 1 + (data.Batching.Ahead?.Batches ?? 0)).Select(_ => made.CreateBuffer())];
        }
    }

    /// <summary>Lets threads end that make batches for a run which nobody goes on with: they do not know the sequence.</summary>
    ~BatchSequence() => ahead?.Dismiss();

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
    /// <exception cref="InsufficientMemoryException">The system starts no more threads to make batches ahead.</exception>
    /// <exception cref="InvalidOperationException">It is called by what makes one of these batches.</exception>
    public Enumerator Epoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (isMaking)
            throw new InvalidOperationException("What makes a batch has begun another run through the batches that it belongs to.");
        End();
        enumeration++;
        plan?.Begin(epoch);
        if (plan is not null && data.Batching.Ahead is { } prefetching)
        {
            // Known before its threads run, which may call what comes back here.
            ahead = new(plan, buffers, prefetching.Threads);
            ahead.Begin();
        }
        return new(this, enumeration);
    }

    private Batch At(int number)
    {
        if (plan is null)
            return data.View(number * BatchSize, Math.Min(BatchSize, SampleCount - (number * BatchSize)));
        isMaking = true;
        try
        {
            if (ahead is not null)
                return ahead.Take(number);
            plan.Make(number, buffers[0]);
            return plan.Made(number, buffers[0]);
        }
        finally
        {
            isMaking = false;
        }
    }

    private void End()
    {
        ahead?.End();
        ahead = null;
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
        /// <exception cref="InvalidOperationException">Another run through the same sequence of batches that are made has begun since and taken its buffers, or this one was left.</exception>
        public bool MoveNext()
        {
            // Runs through views have nothing in common.
            if (sequence.plan is not null && enumeration != sequence.enumeration)
            {
                throw new InvalidOperationException(
                    "Another run through these batches has begun before this one ended, or it was left; call Batches again for runs that interleave.");
            }
            if (next >= sequence.Count)
                return false;
            Current = sequence.At(next);
            next++;
            return true;
        }

        /// <summary>Ends the run, as leaving a <c>foreach</c> does: threads that make batches ahead have ended when it returns.</summary>
        public readonly void Dispose()
        {
            if (sequence.ahead is null || enumeration != sequence.enumeration)
                return;
            sequence.enumeration++;
            sequence.End();
        }
    }
}
