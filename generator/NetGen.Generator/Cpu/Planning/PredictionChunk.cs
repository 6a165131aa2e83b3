using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// How many samples of a large prediction go through all layers together: the more, the seldomer weights are read, and the fewer, the more of what one layer leaves to
/// the next is still in the cache.
/// </summary>
internal static class PredictionChunk
{
    /// <summary>Activations that stay in the cache, and memory for those of a chunk.</summary>
    private const int CacheFloats = 64 * 1024, MostFloats = 128 * 1024 * 1024;

    /// <summary>Half of an outer cache of common size.</summary>
    private const int OuterCacheFloats = 4 * 1024 * 1024;

    /// <summary>What a float of the outer cache costs, of one from memory.</summary>
    private const double Near = 0.3;

    private static readonly int[] Shared = [1, 2, 4, 8];

    /// <param name="program">What is computed.</param>
    /// <param name="pass">The same as steps.</param>
    /// <param name="parameters">The weights.</param>
    public static int Of(NetworkProgram program, PassPlan pass, ParameterPlan parameters) =>
        pass.IsShared && parameters.Floats > CacheFloats
            ? Shared.Where(samples => samples == 1 || samples <= MostFloats / Math.Max(1, pass.Memory.SampleFloats)).OrderBy(samples => Cost(samples, program, pass, parameters)).First()
            : OfSmall(pass);

    /// <summary>As many samples as keep their activations in the cache.</summary>
    private static int OfSmall(PassPlan pass)
    {
        const int Most = 64;
        int chunk = Math.Min(Most, CacheFloats / Math.Max(1, pass.Memory.SampleFloats));
        return chunk >= 4 ? chunk / 4 * 4 : Math.Max(1, chunk);
    }

    /// <summary>For one of so many samples, in floats from memory: weights once for all, and what operations read and write as far as it does not fit the outer cache.</summary>
    private static double Cost(int samples, NetworkProgram program, PassPlan pass, ParameterPlan parameters)
    {
        double moved = program.Forward.SelectMany(o => o.Reads.Concat(o.Writes)).Select(id => program.Values[id]).Where(value => value.Kind is ValueKind.Activation or ValueKind.Input)
            .Sum(value => (double)Layouts.Padded(value.Shape.Channels) * value.Shape.Area);
        double far = Math.Max(0, 1 - (OuterCacheFloats / Math.Max(1.0, (double)samples * pass.Memory.SampleFloats)));
        return ((double)parameters.Floats / samples) + (moved * (far + (Near * (1 - far))));
    }
}
