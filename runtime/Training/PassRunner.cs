using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What a pass asks of its program.</summary>
internal enum PassCall
{
    Forward,
    Backward,
    InputGradient,
    Materialize,
}

/// <summary>
/// Makes a program's calls on memory that lasts from one call to the next: an arena for each group of a grouped program, one for the whole
/// batch of another.
/// </summary>
/// <remarks>
/// A caller who is interrupted while the workers are busy learns of it by <see cref="RethrowDisturbance"/>, when it has noted what has been done.
/// </remarks>
internal sealed class PassRunner : IWorkerJob, IDisposable
{
    private readonly NetworkState network;
    private readonly NetworkDefinition definition;
    private readonly WorkerPool pool;
    private readonly UsefulWorkers useful;
    private readonly SpinBarrier alone = new(1);
    private readonly AlignedBuffer inputs;
    private readonly AlignedBuffer[] arenas;
    private readonly AlignedBuffer otherGradients;
    private readonly AlignedBuffer[] scratch;
    private readonly int capacity;
    private PassCall call;
    private int layer;
    private Exception? disturbance;

    public PassRunner(NetworkState network, int batch, int threads)
    {
        this.network = network;
        definition = network.Definition;
        pool = new WorkerPool(threads);
        try
        {
            useful = new UsefulWorkers(definition, pool.Threads);
            inputs = new AlignedBuffer((long)batch * network.InputSize);
            capacity = IsGrouped ? definition.GroupSize : (int)SampleBlock.Padded(batch);
            arenas = [.. Enumerable.Range(0, IsGrouped ? GroupCount(batch) : 1).Select(_ => new AlignedBuffer(definition.Arena.For(capacity)))];
            scratch = [.. Enumerable.Range(0, pool.Threads).Select(_ => new AlignedBuffer(definition.WorkerScratch))];
            otherGradients = new AlignedBuffer(IsGrouped ? (long)(Math.Min(pool.Threads, arenas.Length) - 1) * definition.TrainableFloats : 0);
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    /// <summary>Samples of the last forward pass.</summary>
    public int Count { get; private set; }

    public int Threads => pool.Threads;

    private bool IsGrouped => definition.GroupSize != 0;

    /// <summary>Workers that take part.</summary>
    private int Workers { get; set; }

    private int Busy => Math.Min(Workers, GroupCount(Count));

    private uint Seed { get; set; }

    private bool IsTraining { get; set; }

    public void Forward(ReadOnlySpan<float> samples, uint seed, bool training)
    {
        samples.CopyTo(inputs.Span);
        Count = samples.Length / network.InputSize;
        Seed = seed;
        IsTraining = training;
        Workers = useful.For(Count);
        try
        {
            Run(PassCall.Forward, 0);
        }
        catch
        {
            // What a worker's failure leaves is no pass.
            Count = 0;
            throw;
        }
    }

    /// <summary>From the gradient rows, or from another layer's gradient, already written, to the network's gradients.</summary>
    public void Backward(int fromLayer)
    {
        if (!IsGrouped && fromLayer != definition.Activations.Length - 1)
            network.Gradients.Span.Clear();
        Run(PassCall.Backward, fromLayer);
        if (IsGrouped && Busy > 1)
            GradientSum.Add(ref network.Gradients.Start, ref otherGradients.Start, Busy - 1, definition.TrainableFloats, definition.TrainableFloats);
    }

    public void InputGradient(int fromLayer) => Run(PassCall.InputGradient, fromLayer);

    public void Materialize(int ofLayer) => Run(PassCall.Materialize, ofLayer);

    /// <summary>The first float of a sample in its arena: a row, or a place in a layout.</summary>
    public ref float Sample(Place place, nint sampleStep, int sample)
    {
        (int arena, int within) = IsGrouped ? Math.DivRem(sample, definition.GroupSize) : (0, sample);
        return ref Unsafe.Add(ref arenas[arena].Start, place.For(capacity) + (within * sampleStep));
    }

    public void Dispose() => pool.Dispose();

    /// <summary>Throws what has disturbed the caller's wait since the last time, if anything did.</summary>
    public void RethrowDisturbance()
    {
        Exception? last = disturbance;
        disturbance = null;
        WorkerPool.Rethrow(last);
    }

    void IWorkerJob.Run(int worker)
    {
        if (IsGrouped)
            RunGroups(worker);
        else
            Invoke(Context(arenas[0], 0, Count, worker, Workers, pool.Barrier, ref network.Gradients.Start));
    }

    private void Run(PassCall next, int ofLayer)
    {
        call = next;
        layer = ofLayer;
        disturbance = pool.RunToEnd(this, Workers) ?? disturbance;
    }

    private void RunGroups(int worker)
    {
        if (worker >= Busy)
            return;
        int floats = definition.TrainableFloats, size = definition.GroupSize;
        ref float gradients = ref worker == 0 ? ref network.Gradients.Start : ref Unsafe.Add(ref otherGradients.Start, (nint)(worker - 1) * floats);
        if (call == PassCall.Backward)
            MemoryMarshal.CreateSpan(ref gradients, floats).Clear();
        Team.Share(GroupCount(Count), 1, worker, Busy, out int from, out int to);
        for (int i = from; i < to; i++)
            Invoke(Context(arenas[i], i * size, Math.Min(size, Count - (i * size)), 0, 1, alone, ref gradients));
    }

    private StepContext Context(AlignedBuffer arena, int first, int count, int worker, int workers, SpinBarrier barrier, ref float gradients) => new()
    {
        Inputs = ref Unsafe.Add(ref inputs.Start, (nint)first * network.InputSize),
        Parameters = ref network.Values.Start,
        Gradients = ref gradients,
        Arena = ref arena.Start,
        Scratch = ref scratch[worker].Start,
        Count = count,
        Capacity = capacity,
        FirstSample = first,
        Seed = Seed,
        Training = IsTraining,
        Team = new Team(worker, workers, barrier),
    };

    private void Invoke(in StepContext step)
    {
        NetworkProgram program = network.Program;
        switch (call)
        {
            case PassCall.Forward:
                program.Forward(step);
                break;
            case PassCall.Backward:
                program.Backward(step, layer);
                break;
            case PassCall.InputGradient:
                program.InputGradient(step, layer);
                break;
            case PassCall.Materialize:
                program.Materialize(step, layer);
                break;
        }
    }

    private int GroupCount(int samples) => (samples + definition.GroupSize - 1) / definition.GroupSize;
}
