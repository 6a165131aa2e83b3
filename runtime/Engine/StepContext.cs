using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>Everything one call of a <see cref="NetworkProgram"/> works on: the buffers of one group (or of the whole batch) and the worker's place.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StepContext
{
    /// <summary>The first of <see cref="Count"/> samples, <c>[Count, InputSize]</c>, PyTorch order.</summary>
    public ref float Inputs;

    /// <summary>All parameters in kernel layout.</summary>
    public ref float Parameters;

    /// <summary>Gradients, the layout of <see cref="Parameters"/>: this worker's own when grouped, shared otherwise.</summary>
    public ref float Gradients;

    /// <summary>Activations and gradients of activations: of this group when grouped, of the batch otherwise. 64-byte aligned, zeroed when made.</summary>
    public ref float Arena;

    /// <summary>Samples present: at most 16 when grouped, at most <see cref="Capacity"/> otherwise.</summary>
    public required int Count;

    /// <summary>Samples the arena was made for, a multiple of 16; 16 when grouped.</summary>
    public required int Capacity;

    /// <summary>Place in the batch of the first sample, for the numbering of random masks.</summary>
    public required int FirstSample;

    /// <summary>Seed of this step's random masks.</summary>
    public required uint Seed;

    /// <summary>Training (dropout on, batch statistics) or evaluation.</summary>
    public required bool Training;

    /// <summary>This worker, from 0; always 0 when grouped.</summary>
    public required int Worker;

    /// <summary>Workers that make this call together; 1 when grouped.</summary>
    public required int Workers;

    /// <summary>Where the workers of a whole-batch call meet.</summary>
    public required SpinBarrier Barrier;

    /// <summary>This worker's share of <paramref name="extent"/> pieces of work, cut at multiples of <paramref name="grain"/>: [from, to).</summary>
    public readonly void Share(int extent, int grain, out int from, out int to) => Share(extent, grain, Worker, Workers, out from, out to);

    /// <summary>The share of worker <paramref name="worker"/> of <paramref name="workers"/>.</summary>
    public static void Share(int extent, int grain, int worker, int workers, out int from, out int to)
    {
        // Extents reach an array's longest length, and times the workers they leave 32 bits.
        long grains = ((long)extent + grain - 1) / grain;
        from = (int)Math.Min(extent, grains * worker / workers * grain);
        to = (int)Math.Min(extent, grains * (worker + 1) / workers * grain);
    }
}
