using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>All passes of a network, and its parameters.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Program">What it computes.</param>
/// <param name="Inference">What it computes for a prediction.</param>
/// <param name="Parameters">The parameters' memory.</param>
/// <param name="Training">Forward and backward.</param>
/// <param name="PredictSamples">Inference of a few samples, channels as lanes.</param>
/// <param name="PredictGroups">Inference with 16 samples side by side, in all layers or the first; null: <paramref name="PredictSamples"/> serves large batches better.</param>
/// <param name="PredictChunk">Samples that <paramref name="PredictSamples"/> takes at a time.</param>
/// <param name="GroupsChunk">Samples that <paramref name="PredictGroups"/> takes at a time, a multiple of 16.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph, NetworkProgram Program, NetworkProgram Inference, ParameterPlan Parameters, PassPlan Training, PassPlan PredictSamples, PassPlan? PredictGroups, int PredictChunk,
    int GroupsChunk)
{
    /// <summary>From so many samples on, a group of 16, padded with zeros, is faster than sample by sample.</summary>
    public const int MinGroup = 8;

    /// <summary>Memory for a chunk of groups.</summary>
    private const int GroupsFloats = 128 * 1024 * 1024;

    public int InputSize => Graph.Input.Size;

    public int OutputSize => Graph.Output.Size;

    /// <summary>The steps of all passes.</summary>
    public IEnumerable<Step> Steps => new[] { Training, PredictSamples, PredictGroups }.OfType<PassPlan>().SelectMany(pass => pass.Steps);

    /// <summary>Whether several workers can share a prediction, of one sample too.</summary>
    public bool PredictIsShared => PredictSamples.IsShared;

    /// <summary>Floats that inference needs besides its input and output.</summary>
    public int PredictScratch => Layouts.Padded(Math.Max(
        PredictSamples.Memory.FloatsFor(PredictChunk), PredictGroups?.Memory.FloatsFor(GroupsChunk) ?? 0));

    /// <summary>Lowers the network and plans all passes.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="wish">For tests: what is done wherever it can be.</param>
    public static NetworkPlan Make(NetworkGraph graph, CancellationToken cancellation, PlanWish wish = PlanWish.Cheapest)
    {
        NetworkProgram forward = Lowerer.Describe(graph, cancellation);
        NetworkProgram inference = Lowerer.ForInference(forward), training = Lowerer.ForTraining(forward);
        var layouts = new ValueLayouts(wish == PlanWish.Cheapest ? LayoutChoice.ForBatches(forward) : Layout.ChannelsLast);
        HashSet<int> wide = AlgorithmChoice.Wide(training, layouts.Usual, wish != PlanWish.Cheapest);
        int lastOfLanes = wish == PlanWish.Wide ? -1 : LayoutChoice.LastOfLanes(training, inference, wide, wish == PlanWish.Mixed);
        if (lastOfLanes >= 0)
            wide.ExceptWith(forward.Forward.OfType<Contraction>().Where(c => c.Node <= lastOfLanes).Select(c => c.W));
        inference = SumFusion.Fuse(inference, wide);
        ParameterPlan parameters = ParameterPlan.Of(forward, layouts.Usual, wide, AlgorithmChoice.Winograd(training, wide, wish != PlanWish.Cheapest)).WithPrepared(inference);
        bool hasGroups = layouts.AreLanes || lastOfLanes >= 0;
        PassPlan samples = PassPlanner.PlanInference(new PassBinder(inference, parameters, new ValueLayouts(Layout.ChannelsLast), isForFew: hasGroups), cancellation);
        PassPlan? groups = hasGroups ? PassPlanner.PlanInference(Binder(inference), cancellation) : null;
        return new NetworkPlan(
            graph,
            forward,
            inference,
            parameters,
            PassPlanner.PlanTraining(Binder(training), cancellation),
            samples,
            groups,
            Math.Min(PredictionChunk.Of(inference, samples, parameters), hasGroups ? MinGroup - 1 : int.MaxValue),
            groups is { IsShared: true } ? GroupsChunkOf(groups) : InstructionSet.Block);

        PassBinder Binder(NetworkProgram program)
        {
            (NetworkProgram split, ValueLayouts lie) = lastOfLanes < 0 ? (program, layouts) : LayoutSplit.After(lastOfLanes, program) ?? throw new InvalidOperationException("what training splits, inference does");
            return new PassBinder(split, parameters, lie);
        }
    }

    /// <summary>As many groups as give several workers some each, within some memory.</summary>
    private static int GroupsChunkOf(PassPlan pass)
    {
        const int Most = 4;
        return InstructionSet.Block * Math.Max(1, Math.Min(Most, GroupsFloats / InstructionSet.Block / Math.Max(1, pass.Memory.SampleFloats)));
    }
}
