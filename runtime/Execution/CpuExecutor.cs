using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Runs a network's program by the workers of a pool. A step is one job of the pool: each worker computes its parts of the batch forward, their losses
/// and backward, all meet, and each updates its share of the parameters. What the workers need to know of a job stands in fields, so that none
/// allocates anything, and a batch stays pinned until the last of them is done.
/// </summary>
internal sealed unsafe partial class CpuExecutor : Executor, IWorkerJob
{
    private const int TallyStep = 8; // A cache line for each worker's tally.
    private readonly NetworkState network;
    private readonly NetworkDefinition definition;
    private readonly OutputDefinition output;
    private readonly WorkerPool pool;
    private readonly UsefulWorkers useful;
    private readonly BatchPartition partition;
    private readonly CpuWorkspace memory;
    private readonly AlignedBuffer kept;
    private readonly int batch;
    private readonly LossTally[] tallies;
    private readonly FurtherLosses further;
    private readonly FurtherTerm[] terms;
    private readonly int[] channels;
    private AlignedBuffer? accumulated;
    private Work work;
    private StepData data;
    private int node;
    private int workers;
    private int count;
    private uint seed;
    private bool isTraining;
    private Exception? disturbance;

    /// <summary>An executor with threads of its own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Most samples that are computed at a time.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <param name="keepsActivations">Whether passes are asked for, whose values stay; otherwise steps.</param>
    /// <param name="further">Losses of further outputs.</param>
    public CpuExecutor(NetworkState network, int batch, int threads, bool keepsActivations, FurtherLosses further)
    {
        this.network = network;
        this.batch = batch;
        this.further = further;
        terms = new FurtherTerm[further.Count];
        definition = network.Definition;
        output = definition.MainOutput;
        channels = [.. definition.Outputs.Select((_, index) => LossRows.ChannelsOf(definition.ShapeOf(index)))];
        partition = new BatchPartition(definition.GroupSize, batch);
        pool = new WorkerPool(threads);
        try
        {
            useful = new UsefulWorkers(definition, pool.Threads);
            memory = new CpuWorkspace(network, partition, batch, pool.Threads, keepsActivations);
            kept = new AlignedBuffer(keepsActivations ? (long)batch * network.InputSize : 0);
            tallies = new LossTally[pool.Threads * TallyStep];
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    /// <summary>What the workers do.</summary>
    private enum Work
    {
        Forward,
        Backward,
        InputGradient,
        Materialize,
        Evaluate,
        Train,
    }

    /// <summary>Workers, the caller included.</summary>
    public int Threads => pool.Threads;

    public override int Count => count;

    public override void Forward(ReadOnlySpan<float> samples, uint seed, bool training)
    {
        samples.CopyTo(kept.Span);
        Place(samples.Length / network.InputSize, seed, training);
        // The buffer never moves.
        data = new StepData { Inputs = (float*)Unsafe.AsPointer(ref kept.Start) };
        try
        {
            Run(Work.Forward, 0);
        }
        catch
        {
            // What a worker's failure leaves is no pass.
            count = 0;
            throw;
        }
    }

    public override void Backward(int fromNode)
    {
        if (!partition.IsGrouped && fromNode != definition.AllOutputs)
            memory.ClearGradients(0);
        Run(Work.Backward, fromNode);
        if (OtherSets > 0)
            GradientSum.Add(ref network.Gradients.Start, ref memory.OtherGradients, OtherSets, definition.TrainableFloats, definition.TrainableFloats);
    }

    public override LossTally Evaluate(in Batch batch, Loss loss, Span<float> outputs) => RunBatch(Work.Evaluate, batch, loss, 0, default, null, outputs);

    public override LossTally Train(in Batch batch, Loss loss, float scale, MaskSeeds seeds, Optimizer? optimizer) =>
        RunBatch(Work.Train, batch, loss, scale, seeds, optimizer, []);

    public override void RethrowDisturbance()
    {
        Exception? last = disturbance;
        disturbance = null;
        WorkerPool.Rethrow(last);
    }

    public override void Dispose() => pool.Dispose();

    void IWorkerJob.Run(int worker)
    {
        bool trains = work == Work.Train;
        // Of a step in several parts, the private gradients of the first are added to by the others.
        if (partition.IsGrouped && ((trains && data.IsFirst) || work == Work.Backward) && worker <= OtherSets)
            memory.ClearGradients(worker);
        partition.Share(count, worker, workers, out int from, out int to);
        LossTally tally = default;
        for (int part = from; part < to; part++)
            tally += Compute(Context(part, worker));
        tallies[worker * TallyStep] = tally;
        if (!trains)
            return;
        pool.Barrier.Wait();
        var team = new Team(worker, workers, pool.Barrier);
        if (!data.IsLast)
            Accumulate(team);
        else if (partition.IsGrouped || data.IsFirst)
            Finish(team, ref memory.OtherGradients, data.OtherSets);
        else
            Finish(team, ref accumulated!.Start, 1);
    }

    /// <summary>Adds what other workers or parts have of the gradients, and updates by them.</summary>
    private void Finish(in Team team, ref float others, int count)
    {
        if (data.Optimizer is { } optimizer)
        {
            optimizer.Apply(team, ref others, count, definition.TrainableFloats);
            return;
        }
        team.Share(definition.TrainableFloats, SampleBlock.Size, out int from, out int to);
        GradientSum.Add(ref Unsafe.Add(ref network.Gradients.Start, from), ref Unsafe.Add(ref others, from), count, definition.TrainableFloats, to - from);
    }

    /// <summary>Keeps the gradients of a part of a step, unless they stay where they are.</summary>
    private void Accumulate(in Team team)
    {
        if (partition.IsGrouped)
            return;
        team.Share(definition.TrainableFloats, SampleBlock.Size, out int from, out int to);
        if (data.IsFirst)
            network.Gradients.Span[from..to].CopyTo(accumulated!.Span[from..to]);
        else
            GradientSum.Add(ref Unsafe.Add(ref accumulated!.Start, from), ref Unsafe.Add(ref network.Gradients.Start, from), 1, 0, to - from);
    }

    /// <summary>Sets of gradients beside the network's own.</summary>
    private int OtherSets => partition.GradientSets(count, workers) - 1;

    /// <summary>Runs a batch, as many samples at a time as there is room for.</summary>
    private LossTally RunBatch(Work next, in Batch batch, Loss loss, float scale, MaskSeeds seeds, Optimizer? optimizer, Span<float> outputs)
    {
        for (var i = 0; i < terms.Length; i++)
            terms[i] = further.Of(i) is { } one ? FurtherTerm.Of(one, loss, batch) : default;
        if (batch.Count > this.batch && next == Work.Train && !partition.IsGrouped)
            accumulated ??= new AlignedBuffer(definition.TrainableFloats);
        LossTally sum = default;
        int otherSets = 0, targetSize = loss.TargetSize(definition.OutputShape);
        fixed (float* inputs = batch.Inputs)
        fixed (int* labels = batch.Labels)
        fixed (float* targets = batch.Targets)
        fixed (float* weights = batch.Weights)
        fixed (float* collected = outputs)
        {
            for (var first = 0; first < batch.Count; first += this.batch)
            {
                Place(Math.Min(this.batch, batch.Count - first), seeds.OfPart(first / this.batch), next == Work.Train);
                // The first part is the largest.
                otherSets = Math.Max(otherSets, OtherSets);
                data = new StepData
                {
                    Inputs = inputs + ((nint)first * network.InputSize),
                    Labels = labels is null ? null : labels + first,
                    Targets = targets is null ? null : targets + ((nint)first * targetSize),
                    Weights = weights is null ? null : weights + first,
                    Loss = loss,
                    TargetSize = targetSize,
                    Optimizer = optimizer,
                    Collected = collected is null ? null : collected + ((nint)first * network.OutputSize),
                    Scale = scale,
                    Part = first / this.batch,
                    IsFirst = first == 0,
                    IsLast = first + count == batch.Count,
                    OtherSets = otherSets,
                };
                Run(next, 0);
                for (var worker = 0; worker < workers; worker++)
                    sum += tallies[worker * TallyStep];
            }
        }
        return sum;
    }

    private void Place(int samples, uint masks, bool training)
    {
        count = samples;
        seed = masks;
        isTraining = training;
        workers = useful.For(samples);
    }

    private void Run(Work next, int ofNode)
    {
        work = next;
        node = ofNode;
        disturbance = pool.RunToEnd(this, workers) ?? disturbance;
    }

    private StepContext Context(int part, int worker) => new()
    {
        Inputs = ref Unsafe.AsRef<float>(data.Inputs + ((nint)partition.First(part) * network.InputSize)),
        Parameters = ref network.Values.Start,
        Gradients = ref memory.Gradients(worker),
        Arena = ref memory.Arena(part, worker),
        Scratch = ref memory.Scratch(worker),
        Count = partition.Count(part, count),
        Capacity = partition.Capacity,
        FirstSample = partition.First(part),
        Seed = seed,
        Training = isTraining,
        Batches = network.Counters,
        BatchesOfStep = data.Part,
        Team = partition.IsGrouped ? Team.Alone : new Team(worker, workers, pool.Barrier),
    };

    private LossTally Compute(in StepContext step)
    {
        NetworkProgram program = network.Program;
        switch (work)
        {
            case Work.Forward:
                program.Forward(step);
                break;
            case Work.Backward:
                program.Backward(step, node);
                break;
            case Work.InputGradient:
                program.InputGradient(step, node);
                break;
            case Work.Materialize:
                program.Materialize(step, node);
                break;
            default:
                program.Forward(step);
                // The program may have shared the last layer out over outputs, not samples.
                step.Team.Wait();
                LossTally tally = Losses(step);
                if (isTraining)
                    BackwardFromLosses(step);
                return tally;
        }
        return default;
    }

    /// <summary>From the outputs that have a loss. What leads to others only has a gradient of 0 then, which no kernel writes where a batch is computed as a whole.</summary>
    private void BackwardFromLosses(in StepContext step)
    {
        int start = terms.Length > 0 ? definition.AllOutputs : output.Node;
        if (start != definition.AllOutputs && !partition.IsGrouped)
        {
            step.Team.Share(definition.TrainableFloats, SampleBlock.Size, out int from, out int to);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref step.Gradients, from), to - from).Clear();
            step.Team.Wait();
        }
        network.Program.Backward(step, start);
    }

    /// <summary>The losses of this worker's share of a part's samples.</summary>
    private LossTally Losses(in StepContext step)
    {
        step.Team.Share(step.Count, 1, out int from, out int to);
        for (int n = from; n < to && data.Collected is not null; n++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref step.Arena, output.Rows.For(step.Capacity) + ((nint)n * output.Stride)), network.OutputSize)
                .CopyTo(new Span<float>(data.Collected + ((nint)(step.FirstSample + n) * network.OutputSize), network.OutputSize));
        }
        LossTally tally = data.Loss!.Evaluate(Rows(step, output, channels[0], from, to, data.Scale));
        for (var i = 0; i < terms.Length; i++)
        {
            OutputDefinition place = definition.Outputs[i + 1];
            if (terms[i].Loss is { } loss)
                tally += new LossTally(terms[i].Factor * loss.Evaluate(Rows(step, place, channels[i + 1], from, to, terms[i].Scale)).Sum, 0);
            else if (isTraining)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref step.Arena, place.Gradient.For(step.Capacity) + ((nint)from * place.Stride)), (to - from) * place.Stride).Clear();
        }
        return tally;
    }

    /// <summary>Some rows of an output, all of them as long as the main one's where they have a loss.</summary>
    private LossRows Rows(in StepContext step, OutputDefinition place, int channelsOfPlace, int from, int to, float scale)
    {
        int stride = place.Stride, sample = step.FirstSample + from;
        ref float gradients = ref Unsafe.Add(ref step.Arena, place.Gradient.For(step.Capacity) + ((nint)from * stride));
        return new LossRows
        {
            Outputs = ref Unsafe.Add(ref step.Arena, place.Rows.For(step.Capacity) + ((nint)from * stride)),
            Gradients = ref isTraining ? ref gradients : ref Unsafe.NullRef<float>(),
            Labels = ref Unsafe.AsRef<int>(data.Labels + sample),
            Targets = ref Unsafe.AsRef<float>(data.Targets + ((nint)sample * data.TargetSize)),
            Weights = ref data.Weights is null ? ref Unsafe.NullRef<float>() : ref Unsafe.AsRef<float>(data.Weights + sample),
            Count = to - from,
            Size = network.OutputSize,
            Channels = channelsOfPlace,
            Stride = stride,
            Scale = scale,
        };
    }

    /// <summary>A further output's loss in a batch.</summary>
    /// <param name="Loss">The loss; null: the output counts nothing.</param>
    /// <param name="Scale">Factor of its gradients.</param>
    /// <param name="Factor">What its sum counts beside the main output's, by which the mean is taken of both.</param>
    private readonly record struct FurtherTerm(Loss? Loss, float Scale, double Factor)
    {
        public static FurtherTerm Of(OutputLoss one, Loss main, in Batch batch)
        {
            double total = one.Loss.TotalWeight(batch.Labels, batch.Weights, batch.Count, batch.Targets);
            double scale = total > 0 ? one.Weight / total : 0;
            return new FurtherTerm(one.Loss, (float)scale, scale * main.TotalWeight(batch.Labels, batch.Weights, batch.Count, batch.Targets));
        }
    }

    /// <summary>The part of a batch that a job computes, pinned while it runs.</summary>
    private struct StepData
    {
        public float* Inputs;
        public int* Labels;
        public float* Targets;
        public float* Weights;
        public float* Collected;
        public Loss? Loss;
        public int TargetSize;
        public Optimizer? Optimizer;
        public float Scale;
        public int Part;
        public bool IsFirst;
        public bool IsLast;
        public int OtherSets;
    }
}
