using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>The memory that workers compute in: arenas, scratch of their own, and gradients of their own where the batch is divided into groups.</summary>
internal sealed class CpuWorkspace
{
    private readonly NetworkState network;
    private readonly NetworkDefinition definition;
    private readonly BatchPartition partition;
    private readonly bool keepsActivations;
    private readonly AlignedBuffer[] arenas;
    private readonly AlignedBuffer[] scratch;
    private readonly AlignedBuffer otherGradients;

    /// <summary>Memory for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="partition">How its batches are divided.</param>
    /// <param name="batch">Most samples.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="keepsActivations">
    /// Whether every part has an arena, in which what was computed stays; otherwise a worker has one, which stays in its cache from group to group.
    /// </param>
    public CpuWorkspace(NetworkState network, BatchPartition partition, int batch, int workers, bool keepsActivations)
    {
        this.network = network;
        this.partition = partition;
        this.keepsActivations = keepsActivations;
        definition = network.Definition;
        int parts = partition.Parts(batch), sets = partition.GradientSets(batch, workers);
        arenas = Buffers(keepsActivations ? parts : sets, definition.Arena.For(partition.Capacity));
        scratch = Buffers(workers, definition.WorkerScratch);
        otherGradients = new AlignedBuffer((long)(sets - 1) * definition.TrainableFloats);
        // A trainer's first step then takes hardly longer than the next.
        foreach (AlignedBuffer buffer in keepsActivations ? [] : arenas.Append(otherGradients))
            buffer.Commit();
    }

    /// <summary>The first of the other workers' gradients; each next one lies as many floats further as there are trainable ones.</summary>
    public ref float OtherGradients => ref otherGradients.Start;

    /// <summary>The gradients that a worker adds to: the network's own for the first, and for all where the batch is computed as a whole.</summary>
    public ref float Gradients(int worker) => ref worker == 0 || !partition.IsGrouped
        ? ref network.Gradients.Start
        : ref Unsafe.Add(ref otherGradients.Start, (nint)(worker - 1) * definition.TrainableFloats);

    /// <summary>Makes a worker's gradients 0.</summary>
    public void ClearGradients(int worker) => MemoryMarshal.CreateSpan(ref Gradients(worker), definition.TrainableFloats).Clear();

    /// <summary>A worker's scratch memory.</summary>
    public ref float Scratch(int worker) => ref scratch[worker].Start;

    /// <summary>Where a worker computes a part.</summary>
    public ref float Arena(int part, int worker) => ref arenas[keepsActivations || !partition.IsGrouped ? part : worker].Start;

    /// <summary>The first float of a sample's row of an output or its gradient, where activations are kept.</summary>
    public ref float Row(Place place, int stride, int sample)
    {
        (int part, int within) = partition.Locate(sample);
        return ref InArena(part, place, (nint)within * stride);
    }

    /// <summary>The first float of a sample of an activation or its gradient, where activations are kept.</summary>
    public ref float Sample(ActivationLayout layout, Place place, int sample)
    {
        (int part, int within) = partition.Locate(sample);
        return ref InArena(part, place, layout.SampleOffset(within));
    }

    private ref float InArena(int part, Place place, nint offset) => ref Unsafe.Add(ref arenas[part].Start, place.For(partition.Capacity) + offset);

    private static AlignedBuffer[] Buffers(int count, long floats) => [.. Enumerable.Range(0, count).Select(_ => new AlignedBuffer(floats))];
}
