using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Evaluates large batches on several threads. Any thread may call it; while the workers are busy with one call, another thread's call does its
/// work alone. A call allocates nothing.
/// </summary>
public sealed class Predictor : IDisposable
{
    private readonly NetworkState network;
    private readonly WorkerPool pool;
    private readonly Job job;
    private int busy;
    private bool disposed;

    /// <summary>Starts the threads; <c>CreatePredictor</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    public Predictor(NetworkState network, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        this.network = network;
        pool = new WorkerPool(threads);
        job = new Job(network, pool.Threads);
    }

    /// <summary>Workers, the caller included.</summary>
    public int Threads => pool.Threads;

    /// <summary>Evaluates one sample or several.</summary>
    /// <param name="inputs">[n, input shape], contiguous, n at least 1.</param>
    /// <param name="outputs">[n, output shape], overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length. Nothing has been written.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    public unsafe void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        int count = network.CountSamples(inputs.Length, outputs.Length);
        if (count <= SampleBlock.Size || Interlocked.Exchange(ref busy, 1) != 0)
        {
            network.PredictSamples(ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(outputs), count);
            return;
        }
        try
        {
            fixed (float* input = inputs, output = outputs)
            {
                job.Place(input, output, count);
                pool.Run(job);
            }
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    /// <summary>Ends the threads. Not while a call is under way.</summary>
    /// <exception cref="InvalidOperationException">A call is under way.</exception>
    public void Dispose()
    {
        pool.Dispose();
        disposed = true;
    }

    /// <summary>Each worker's share of a batch.</summary>
    private sealed unsafe class Job(NetworkState network, int workers) : IWorkerJob
    {
        private float* inputs;
        private float* outputs;
        private int count;

        public void Place(float* input, float* output, int samples)
        {
            inputs = input;
            outputs = output;
            count = samples;
        }

        public void Run(int worker)
        {
            StepContext.Share(count, SampleBlock.Size, worker, workers, out int from, out int to);
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
