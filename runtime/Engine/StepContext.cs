using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>Everything one call of a <see cref="NetworkProgram"/> works on: the buffers of one group (or of the whole batch) and the worker's place in its team.</summary>
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

    /// <summary>This worker's own <see cref="NetworkDefinition.WorkerScratchBytes"/> bytes, 64-byte aligned, contents arbitrary.</summary>
    public ref float Scratch;

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

    /// <summary>Training batches before this step, in the order of <see cref="NetworkDefinition.Counters"/>.</summary>
    public ReadOnlySpan<long> Batches;

    /// <summary>Batches of this step that have been computed: it takes a batch for each part of its samples.</summary>
    public int BatchesOfStep;

    /// <summary>The workers that make this call together: one alone when grouped.</summary>
    public required Team Team;

    /// <summary>Which training batch this one is by a counter, from 1.</summary>
    public readonly long BatchNumber(int counter) => Batches[counter] + BatchesOfStep + 1;
}
