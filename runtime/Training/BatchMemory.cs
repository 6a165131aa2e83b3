using System.Globalization;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Refuses batches whose buffers no array can hold, before anything is made: a buffer could only say that its length is too large, and not what
/// for.
/// </summary>
internal static class BatchMemory
{
    /// <summary>The largest buffers of a trainer.</summary>
    public static void CheckTrainer(NetworkDefinition definition, int batch)
    {
        string name = $"{definition.Name}'s trainer";
        Check(name, batch, "labels", batch);
        CheckArena(name, definition, batch);
    }

    /// <summary>The copies of a step's labels or targets, where a step takes several batches.</summary>
    public static void CheckSteps(NetworkDefinition definition, int batch, int steps)
    {
        long values = (long)batch * steps * definition.OutputShape.Size;
        if (steps < 1 || values > AlignedBuffer.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Trainer.AccumulationSteps), steps, $"{definition.Name}'s trainer: a step takes 1 batch of {batch} samples or more, as long as a buffer holds their {values} targets.");
        }
    }

    /// <summary>The largest buffers of a pass: those of its kernels, and those in PyTorch's order that are made when asked for.</summary>
    public static void CheckPass(NetworkDefinition definition, int batch)
    {
        string name = $"{definition.Name}'s pass";
        Check(name, batch, "its inputs", (long)batch * definition.InputShape.Size);
        foreach (ActivationDefinition activation in definition.Activations)
            Check(name, batch, $"the outputs of {activation.Name}", (long)batch * activation.Shape.Size);
        CheckArena(name, definition, batch);
    }

    // Of a grouped program the batch decides only how many arenas there are.
    private static void CheckArena(string name, NetworkDefinition definition, int batch)
    {
        if (definition.GroupSize == 0)
            Check(name, batch, "what its layers compute", definition.Arena.Fixed + (SampleBlock.Padded(batch) * definition.Arena.PerSample));
    }

    private static void Check(string name, int batch, string what, long floats)
    {
        if (floats <= AlignedBuffer.MaxLength)
            return;
        throw new ArgumentOutOfRangeException(
            nameof(batch), batch, $"{name}: a batch of {batch} samples takes {Gibibytes(floats)} GiB for {what}; a buffer holds {Gibibytes(AlignedBuffer.MaxLength)} GiB at most.");
    }

    private static string Gibibytes(long floats) => (floats * (double)sizeof(float) / (1 << 30)).ToString("F1", CultureInfo.InvariantCulture);
}
