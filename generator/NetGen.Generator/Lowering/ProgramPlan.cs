using NetGen.Generator.Graph;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>All passes of a network, and its parameters.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Parameters">The parameters' memory.</param>
/// <param name="Training">Forward and backward.</param>
/// <param name="PredictSamples">Inference of a few samples, channels as lanes.</param>
/// <param name="PredictGroup">Inference of up to 16 samples side by side; null: <paramref name="PredictSamples"/> serves large batches better.</param>
/// <param name="PredictChunk">Samples that <paramref name="PredictSamples"/> takes at a time.</param>
internal sealed record ProgramPlan(
    NetworkGraph Graph, ParameterTable Parameters, PassPlan Training, PassPlan PredictSamples, PassPlan? PredictGroup, int PredictChunk)
{
    /// <summary>From so many samples on, a group of 16, padded with zeros, is faster than sample by sample.</summary>
    public const int MinGroup = 8;

    public int InputSize => Graph.Input.Size;

    public int OutputSize => Graph.Output.Size;

    /// <summary>Floats that inference needs besides its input and output.</summary>
    public int PredictScratch => Math.Max(
        checked(PredictSamples.Memory.FixedFloats + (PredictSamples.Memory.SampleFloats * PredictChunk)), PredictGroup?.Memory.FixedFloats ?? 0);

    /// <summary>Lowers all passes.</summary>
    public static ProgramPlan Make(NetworkGraph graph, CancellationToken cancellation)
    {
        ParameterTable parameters = ParameterTable.Of(graph);
        PassLayout batches = LayoutChoice.ForBatches(graph);
        bool hasGroups = batches == PassLayout.SamplesAsLanes;
        PassPlan Lower(PassBuilder pass) => PassLowering.Lower(graph, parameters, pass, cancellation);
        PassPlan samples = Lower(new PassBuilder(PassLayout.ChannelsLast, forTraining: false, isForFew: hasGroups));
        return new ProgramPlan(
            graph,
            parameters,
            Lower(new PassBuilder(batches, forTraining: true)),
            samples,
            hasGroups ? Lower(new PassBuilder(batches, forTraining: false)) : null,
            Math.Min(ChunkOf(samples), hasGroups ? MinGroup - 1 : int.MaxValue));
    }

    /// <summary>As many samples as keep their activations in the cache, but enough to use weights several times.</summary>
    private static int ChunkOf(PassPlan pass)
    {
        const int CacheFloats = 64 * 1024, Most = 64;
        int chunk = Math.Min(Most, CacheFloats / Math.Max(1, pass.Memory.SampleFloats));
        return chunk >= 4 ? chunk / 4 * 4 : Math.Max(1, chunk);
    }
}
