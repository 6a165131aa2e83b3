using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Steps of programs that work on groups of 16 samples. Each worker takes a run of groups through one small arena, which stays in its cache, and
/// adds to gradients of its own; then all meet, and each sums and updates its part of the parameters. Who does what depends on the numbers of
/// groups and workers alone, so the same seed and the same number of threads give the same bits.
/// </summary>
internal sealed unsafe class GroupedEngine : TrainingEngine
{
    private readonly int group;
    private readonly AlignedBuffer[] arenas;
    private readonly AlignedBuffer otherGradients;

    public GroupedEngine(NetworkState network, Optimizer optimizer, Loss loss, int batch, WorkerPool pool)
        : base(network, optimizer, loss, pool)
    {
        group = Definition.GroupSize;
        int busy = Math.Min(pool.Threads, GroupCount(batch));
        arenas = [.. Enumerable.Range(0, busy).Select(_ => new AlignedBuffer(Definition.Arena.For(group)))];
        otherGradients = new AlignedBuffer((long)(busy - 1) * Definition.TrainableFloats);
    }

    protected override LossTally RunPart(int worker)
    {
        int groups = GroupCount(Count), busy = Math.Min(Workers, groups), floats = Definition.TrainableFloats;
        LossTally tally = default;
        if (worker < busy)
        {
            ref float gradients = ref worker == 0 ? ref Network.Gradients.Start : ref Unsafe.Add(ref otherGradients.Start, (nint)(worker - 1) * floats);
            if (IsTraining)
                MemoryMarshal.CreateSpan(ref gradients, floats).Clear();
            Team.Share(groups, 1, worker, busy, out int from, out int to);
            for (int i = from; i < to; i++)
                tally += RunGroup(i, ref arenas[worker].Start, ref gradients);
        }
        if (!IsTraining)
            return tally;
        Barrier.Wait();
        Team.Share(floats, 16, worker, Workers, out int first, out int last);
        Optimizer.ApplyTo(first, last, ref otherGradients.Start, busy - 1, floats);
        return tally;
    }

    private int GroupCount(int samples) => (samples + group - 1) / group;

    private LossTally RunGroup(int index, ref float arena, ref float gradients)
    {
        int first = index * group, count = Math.Min(group, Count - first);
        var step = new StepContext
        {
            Inputs = ref Unsafe.AsRef<float>(Inputs + ((nint)first * Network.InputSize)),
            Parameters = ref Network.Values.Start,
            Gradients = ref gradients,
            Arena = ref arena,
            Count = count,
            Capacity = group,
            FirstSample = first,
            Seed = Seed,
            Training = IsTraining,
            Team = Team.Alone,
        };
        Network.Program.Forward(step);
        LossTally tally = Losses(ref arena, group, 0, first, first + count);
        if (IsTraining)
            Network.Program.Backward(step, Definition.Activations.Length - 1);
        return tally;
    }
}
