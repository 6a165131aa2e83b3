using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>All passes of a network, and its parameters.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Program">What it computes.</param>
/// <param name="Inference">What it computes for a prediction.</param>
/// <param name="Parameters">The parameters' memory.</param>
/// <param name="Training">Forward and backward.</param>
/// <param name="PredictSamples">Inference of a few samples, channels as lanes.</param>
/// <param name="PredictGroup">Inference of up to 16 samples side by side; null: <paramref name="PredictSamples"/> serves large batches better.</param>
/// <param name="PredictChunk">Samples that <paramref name="PredictSamples"/> takes at a time.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph, NetworkProgram Program, NetworkProgram Inference, ParameterPlan Parameters, PassPlan Training, PassPlan PredictSamples, PassPlan? PredictGroup, int PredictChunk)
{
    /// <summary>From so many samples on, a group of 16, padded with zeros, is faster than sample by sample.</summary>
    public const int MinGroup = 8;

    /// <summary>Activations that stay in the cache.</summary>
    private const int CacheFloats = 64 * 1024;

    public int InputSize => Graph.Input.Size;

    public int OutputSize => Graph.Output.Size;

    /// <summary>The steps of all passes.</summary>
    public IEnumerable<Step> Steps => new[] { Training, PredictSamples, PredictGroup }.OfType<PassPlan>().SelectMany(pass => pass.Steps);

    /// <summary>Whether several workers can share a prediction, of one sample too.</summary>
    public bool PredictIsShared => PredictSamples.IsShared;

    /// <summary>Floats that inference needs besides its input and output.</summary>
    public int PredictScratch => Layouts.Padded(Math.Max(
        checked(PredictSamples.Memory.FixedFloats + (PredictSamples.Memory.SampleFloats * PredictChunk)), PredictGroup?.Memory.FixedFloats ?? 0));

    /// <summary>Lowers the network and plans all passes.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="prefersWide">For tests: the kernels of wide layers do whatever they can.</param>
    public static NetworkPlan Make(NetworkGraph graph, CancellationToken cancellation, bool prefersWide = false)
    {
        NetworkProgram forward = Lowerer.Describe(graph, cancellation);
        NetworkProgram inference = Lowerer.ForInference(forward), training = Lowerer.ForTraining(forward);
        Layout batches = LayoutChoice.ForBatches(forward);
        if (prefersWide)
            batches = Layout.ChannelsLast;
        bool hasGroups = batches == Layout.SamplesAsLanes;
        HashSet<int> wide = AlgorithmChoice.Wide(training, batches, prefersWide);
        inference = SumFusion.Fuse(inference, wide);
        ParameterPlan parameters = ParameterPlan.Of(forward, batches, wide, AlgorithmChoice.Winograd(training, wide, prefersWide)).WithPrepared(inference);
        PassPlan samples = PassPlanner.PlanInference(new PassBinder(inference, parameters, Layout.ChannelsLast, isForFew: hasGroups), cancellation);
        return new NetworkPlan(
            graph,
            forward,
            inference,
            parameters,
            PassPlanner.PlanTraining(new PassBinder(training, parameters, batches), cancellation),
            samples,
            hasGroups ? PassPlanner.PlanInference(new PassBinder(inference, parameters, batches), cancellation) : null,
            Math.Min(ChunkOf(samples, parameters), hasGroups ? MinGroup - 1 : int.MaxValue));
    }

    /// <summary>As many samples as keep their activations in the cache, but enough to use weights several times.</summary>
    private static int ChunkOf(PassPlan pass, ParameterPlan parameters)
    {
        // Weights that fill the cache are read again for each chunk: they must be used often, within some memory.
        const int WideMost = 8, WideFloats = 128 * 1024 * 1024;
        if (pass.IsShared && parameters.Floats > CacheFloats)
            return Math.Max(1, Math.Min(WideMost, WideFloats / Math.Max(1, pass.Memory.SampleFloats)));
        const int Most = 64;
        int chunk = Math.Min(Most, CacheFloats / Math.Max(1, pass.Memory.SampleFloats));
        return chunk >= 4 ? chunk / 4 * 4 : Math.Max(1, chunk);
    }
}
