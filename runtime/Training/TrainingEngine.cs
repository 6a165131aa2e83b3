using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// One training step, or the measuring of one batch, by the workers of a pool. What the workers need to know of the step stands in fields, so
/// that a step allocates nothing; the batch stays pinned until the last of them is done.
/// </summary>
internal abstract unsafe class TrainingEngine(NetworkState network, Optimizer optimizer, Loss loss, WorkerPool pool) : IWorkerJob
{
    private const int TallyStep = 8; // A cache line for each worker's tally.
    private readonly LossTally[] tallies = new LossTally[pool.Threads * TallyStep];
    private readonly UsefulWorkers useful = new(network.Definition, pool.Threads);

    /// <summary>Training steps taken.</summary>
    public int StepCount { get; private set; }

    protected NetworkState Network => network;

    protected NetworkDefinition Definition { get; } = network.Definition;

    protected Optimizer Optimizer => optimizer;

    protected SpinBarrier Barrier => pool.Barrier;

    /// <summary>Workers that take part.</summary>
    protected int Workers { get; private set; }

    protected float* Inputs { get; private set; }

    protected int Count { get; private set; }

    protected uint Seed { get; private set; }

    /// <summary>Whether the step trains; otherwise it measures, in evaluation mode.</summary>
    protected bool IsTraining { get; private set; }

    private int* Labels { get; set; }

    private float* Targets { get; set; }

    private float* Weights { get; set; }

    private float Scale { get; set; }

    /// <summary>The engine for the way this network's program works.</summary>
    public static TrainingEngine Create(NetworkState network, Optimizer optimizer, Loss loss, int batch, WorkerPool pool) =>
        network.Definition.GroupSize == 0
            ? new WholeBatchEngine(network, optimizer, loss, batch, pool)
            : new GroupedEngine(network, optimizer, loss, batch, pool);

    /// <summary>Runs one batch. Everything has been checked, and one of its labels and targets is empty.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="scale">1 over what they count together.</param>
    /// <param name="seed">The seed of dropout's masks.</param>
    /// <param name="training">Whether the step trains.</param>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited for the workers. The batch has been run.</exception>
    public LossTally Run(in Batch batch, float scale, uint seed, bool training)
    {
        Exception? disturbance;
        fixed (float* pinnedInputs = batch.Inputs)
        fixed (int* pinnedLabels = batch.Labels)
        fixed (float* pinnedTargets = batch.Targets)
        fixed (float* pinnedWeights = batch.Weights)
        {
            Inputs = pinnedInputs;
            Labels = pinnedLabels;
            Targets = pinnedTargets;
            Weights = pinnedWeights;
            Count = batch.Count;
            Scale = scale;
            Seed = seed;
            IsTraining = training;
            Workers = useful.For(batch.Count);
            disturbance = training ? Train() : pool.RunToEnd(this, Workers);
        }
        WorkerPool.Rethrow(disturbance);
        LossTally sum = default;
        for (var worker = 0; worker < Workers; worker++)
            sum += tallies[worker * TallyStep];
        return sum;
    }

    void IWorkerJob.Run(int worker) => tallies[worker * TallyStep] = RunPart(worker);

    /// <summary>One worker's part of the step.</summary>
    protected abstract LossTally RunPart(int worker);

    /// <summary>Takes a step, which counts unless a worker fails.</summary>
    private Exception? Train()
    {
        optimizer.BeginStep();
        try
        {
            Exception? disturbance = pool.RunToEnd(this, Workers);
            StepCount++;
            network.CountBatch();
            return disturbance;
        }
        catch
        {
            optimizer.TakeBackStep();
            throw;
        }
    }

    /// <summary>The losses of samples [<paramref name="from"/>, <paramref name="to"/>) of the batch, whose first row lies at row <paramref name="row"/> of the arena.</summary>
    protected LossTally Losses(ref float arena, int capacity, int row, int from, int to)
    {
        int stride = Definition.OutputStride;
        ref float gradients = ref Unsafe.Add(ref arena, Definition.OutputGradient.For(capacity) + ((nint)row * stride));
        var rows = new LossRows
        {
            Outputs = ref Unsafe.Add(ref arena, Definition.Output.For(capacity) + ((nint)row * stride)),
            Gradients = ref IsTraining ? ref gradients : ref Unsafe.NullRef<float>(),
            Labels = ref Unsafe.AsRef<int>(Labels + from),
            Targets = ref Unsafe.AsRef<float>(Targets + ((nint)from * Network.OutputSize)),
            Weights = ref Weights is null ? ref Unsafe.NullRef<float>() : ref Unsafe.AsRef<float>(Weights + from),
            Count = to - from,
            Size = Network.OutputSize,
            Stride = stride,
            Scale = Scale,
        };
        return loss.Evaluate(rows);
    }
}
