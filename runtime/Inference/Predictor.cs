using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Evaluates large batches on several threads. Any thread may call it; while the workers are busy with one call, another thread's call does its
/// work alone. A call allocates nothing. Threads beyond those that have something to do stay asleep.
/// </summary>
public sealed class Predictor : IDisposable
{
    private readonly NetworkState network;
    private readonly WorkerPool pool;
    private readonly Job job;
    private readonly UsefulWorkers useful;
    private readonly Turns turns;

    /// <summary>Starts the threads; <c>CreatePredictor</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than <see cref="WorkerPool.MaxThreads"/>.</exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public Predictor(NetworkState network, int threads = WorkerPool.DefaultThreads)
    {
        ArgumentNullException.ThrowIfNull(network);
        this.network = network;
        job = new Job(network);
        pool = new WorkerPool(threads);
        useful = new UsefulWorkers(network.Definition, pool.Threads);
        turns = new Turns(this, () => "", pool.Dispose);
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
        if (count <= SampleBlock.Size || !turns.TryTake())
        {
            network.PredictSamples(ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(outputs), count);
            return;
        }
        Exception? disturbance;
        try
        {
            fixed (float* input = inputs, output = outputs)
            {
                int workers = useful.For(count);
                job.Place(input, output, count, workers);
                disturbance = pool.RunToEnd(job, workers);
            }
        }
        finally
        {
            turns.GiveBack();
        }
        WorkerPool.Rethrow(disturbance);
    }

    /// <summary>Ends the threads, and refuses further calls. Calls under way on other threads go on to their end.</summary>
    public void Dispose() => turns.Close();

    /// <summary>Each worker's share of a batch.</summary>
    private sealed unsafe class Job(NetworkState network) : IWorkerJob
    {
        private float* inputs;
        private float* outputs;
        private int count;
        private int workers;

        public void Place(float* input, float* output, int samples, int among)
        {
            inputs = input;
            outputs = output;
            count = samples;
            workers = among;
        }

        public void Run(int worker)
        {
            Team.Share(count, SampleBlock.Size, worker, workers, out int from, out int to);
            if (from < to)
            {
                network.PredictSamples(
                    ref Unsafe.AsRef<float>(inputs + ((nint)from * network.InputSize)),
                    ref Unsafe.AsRef<float>(outputs + ((nint)from * network.OutputSize)),
                    to - from);
            }
        }
    }
}
