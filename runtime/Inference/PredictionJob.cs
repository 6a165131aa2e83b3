using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// A prediction by the workers of a pool: all make one call together where the program can share one out, and otherwise each makes a call of its
/// own on its share of the samples.
/// </summary>
internal sealed unsafe class PredictionJob(NetworkState network, SpinBarrier barrier, int threads) : IWorkerJob
{
    /// <summary>What the workers compute in where they share a call; one call runs at a time.</summary>
    private readonly AlignedBuffer? scratch = network.Definition.PredictIsShared ? new AlignedBuffer(network.Definition.PredictFloats(threads)) : null;

    private float* inputs;
    private float* outputs;
    private int count;
    private int workers;

    /// <summary>Runs it on pinned memory that the caller has checked.</summary>
    /// <returns>What disturbed the caller's wait, if anything; the outputs have been written all the same.</returns>
    public Exception? Run(WorkerPool pool, float* input, float* output, int samples, int among)
    {
        network.EnsurePrepared();
        inputs = input;
        outputs = output;
        count = samples;
        workers = among;
        return pool.RunToEnd(this, among);
    }

    void IWorkerJob.Run(int worker)
    {
        if (scratch is not null)
        {
            network.Program.Predict(
                ref network.Values.Start, ref Unsafe.AsRef<float>(inputs), ref Unsafe.AsRef<float>(outputs), count, ref scratch.Start, new Team(worker, workers, barrier));
            return;
        }
        Team.Share(count, SampleBlock.Size, worker, workers, out int from, out int to);
        if (from < to)
        {
            network.PredictSamples(
                ref Unsafe.AsRef<float>(inputs + ((nint)from * network.InputSize)), ref Unsafe.AsRef<float>(outputs + ((nint)from * network.OutputSize)), to - from);
        }
    }
}
