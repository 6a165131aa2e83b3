namespace NetGen;

/// <summary>Which samples the batches of an epoch hold that are made, and not views. A new epoch puts another order into the same memory.</summary>
/// <param name="data">The samples.</param>
/// <param name="size">Samples of a full batch.</param>
/// <param name="sampleCount">Samples of an epoch.</param>
/// <param name="shuffle">The seed of the orders; null: that of the set.</param>
internal sealed class BatchPlan(DataSet data, int size, int sampleCount, Seed? shuffle)
{
    /// <summary>The first of the numbers of seeds for samples, far from those of epochs.</summary>
    private const ulong FirstSample = 1UL << 63;

    private readonly int[] order = new int[data.Count];
    private readonly BalancedOrder? balanced = data.Batching.IsBalanced && shuffle is not null ? new(data) : null;
    private Seed epochSeed;

    /// <summary>Batches of an epoch.</summary>
    public int Count { get; } = (int)(((long)sampleCount + size - 1) / size);

    /// <summary>What is random in a sample of an epoch.</summary>
    public static RandomStream StreamOf(Seed epoch, int sample) => new(epoch.Derive(FirstSample + (ulong)sample));

    /// <summary>Puts the samples into the order of an epoch.</summary>
    public void Begin(int epoch)
    {
        epochSeed = (shuffle ?? default).Derive((ulong)epoch);
        var random = new RandomStream(epochSeed);
        if (balanced is not null)
            balanced.Fill(order, ref random);
        else if (shuffle is not null)
            random.Permutation(order);
        else
            FillInOrder();
    }

    /// <summary>Room for a batch.</summary>
    public SampleBuffer CreateBuffer() => new(data, Math.Min(size, data.Count));

    /// <summary>Makes a batch; of one that is not wanted any more only a part.</summary>
    public void Make(int batch, SampleBuffer to, CancellationToken cancellation = default)
    {
        ReadOnlySpan<int> indices = Indices(batch);
        if (to.Augmenter is not { } augmenter)
        {
            data.Gather(indices, to);
            return;
        }
        data.GatherAnswers(indices, to);
        for (int i = 0; i < indices.Length && !cancellation.IsCancellationRequested; i++)
        {
            RandomStream stream = StreamOf(epochSeed, indices[i]);
            // A sample of a rare class comes several times in a balanced epoch, and is another each time.
            if (balanced is not null)
                stream = new(new Seed(stream.NextBits()).Derive((ulong)((batch * (long)size) + i)));
            augmenter.Write(indices[i], stream, to.Inputs.AsSpan(i * data.InputSize, data.InputSize), to.Targets.AsSpan(i * data.TargetSize, data.TargetSize));
        }
    }

    /// <summary>A batch that was made.</summary>
    public Batch Made(int batch, SampleBuffer by) => by.First(Indices(batch));

    private ReadOnlySpan<int> Indices(int batch)
    {
        int start = batch * size;
        return order.AsSpan(start, Math.Min(size, sampleCount - start));
    }

    private void FillInOrder()
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
    }
}
