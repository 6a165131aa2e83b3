using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Evaluates on several threads: large batches, and of networks whose layers are large enough to be shared out single samples too. Any thread may
/// call it; while the workers are busy with one call, another thread's call does its work alone. A call allocates nothing. Threads beyond those
/// that have something to do stay asleep.
/// </summary>
public sealed class Predictor : IDisposable
{
    private readonly NetworkState network;
    private readonly WorkerPool pool;
    private readonly PredictionJob job;
    private readonly UsefulWorkers useful;
    private readonly Turns turns;
    private readonly int mostAlone;

    /// <summary>Starts the threads; <c>CreatePredictor</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than <see cref="WorkerPool.MaxThreads"/>.</exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public Predictor(NetworkState network, int threads = WorkerPool.DefaultThreads)
    {
        ArgumentNullException.ThrowIfNull(network);
        this.network = network;
        pool = new WorkerPool(threads);
        job = new PredictionJob(network, pool.Barrier, pool.Threads);
        useful = new UsefulWorkers(network.Definition, pool.Threads);
        turns = new Turns(this, () => "", pool.Dispose);
        // Shares of samples are whole blocks: one block has nothing for a second worker, unless all work at the same samples.
        mostAlone = pool.Threads == 1 ? int.MaxValue : network.Definition.PredictIsShared ? 0 : SampleBlock.Size;
    }

    /// <summary>Workers, the caller included.</summary>
    public int Threads => pool.Threads;

    /// <summary>Evaluates one sample or several.</summary>
    /// <param name="inputs">[n, input shape], contiguous, n at least 1.</param>
    /// <param name="outputs">[n, output shape], overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length. Nothing has been written.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for the workers. All outputs have been written, and nothing writes to them any more.</exception>
    public unsafe void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        turns.ThrowIfClosed();
        int count = network.CountSamples(inputs.Length, outputs.Length);
        if (count <= mostAlone || !turns.TryTake())
        {
            network.PredictSamples(ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(outputs), count);
            return;
        }
        Exception? disturbance;
        try
        {
            fixed (float* input = inputs, output = outputs)
                disturbance = job.Run(pool, input, output, count, useful.For(count));
        }
        finally
        {
            turns.GiveBack();
        }
        WorkerPool.Rethrow(disturbance);
    }

    /// <summary>Ends the threads, and refuses further calls. Calls under way on other threads go on to their end.</summary>
    public void Dispose() => turns.Close();
}
