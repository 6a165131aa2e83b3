using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Steps of programs that compute the whole batch: all workers make every call together on one arena, take the losses of their share of samples,
/// and update their share of the parameters.
/// </summary>
internal sealed unsafe class WholeBatchEngine : TrainingEngine
{
    private readonly int capacity;
    private readonly AlignedBuffer arena;
    private readonly AlignedBuffer[] scratch;

    public WholeBatchEngine(NetworkState network, Optimizer optimizer, Loss loss, int batch, WorkerPool pool)
        : base(network, optimizer, loss, pool)
    {
        capacity = (int)SampleBlock.Padded(batch);
        arena = new AlignedBuffer(Definition.Arena.For(capacity));
        scratch = [.. Enumerable.Range(0, pool.Threads).Select(_ => new AlignedBuffer(Definition.WorkerScratch))];
    }

    protected override LossTally RunPart(int worker)
    {
        var step = new StepContext
        {
            Inputs = ref Unsafe.AsRef<float>(Inputs),
            Parameters = ref Network.Values.Start,
            Gradients = ref Network.Gradients.Start,
            Arena = ref arena.Start,
            Scratch = ref scratch[worker].Start,
            Count = Count,
            Capacity = capacity,
            FirstSample = 0,
            Seed = Seed,
            Training = IsTraining,
            Team = new Team(worker, Workers, Barrier),
        };
        Network.Program.Forward(step);
        // The program may have shared the last layer out over outputs, not samples.
        Barrier.Wait();
        step.Team.Share(Count, 1, out int from, out int to);
        LossTally tally = Losses(ref arena.Start, capacity, from, from, to);
        if (!IsTraining)
            return tally;
        Network.Program.Backward(step, Definition.Activations.Length - 1);
        Barrier.Wait();
        step.Team.Share(Definition.TrainableFloats, SampleBlock.Size, out int first, out int last);
        Optimizer.ApplyTo(first, last, ref Unsafe.NullRef<float>(), 0, 0);
        return tally;
    }
}
