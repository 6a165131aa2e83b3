using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Lowering;

/// <summary>Chooses how activations lie, from an estimate of how well vectors are filled.</summary>
internal static class LayoutChoice
{
    /// <summary>What a group of 16 samples may take before it leaves the second-level cache.</summary>
    private const long CacheFloats = 512 * 1024;

    /// <summary>Share of full speed that kernels with samples as lanes reach: their weights are broadcast one by one.</summary>
    private const double BroadcastSpeed = 0.8;

    /// <summary>The same, once activations are streamed from further away.</summary>
    private const double StreamedSpeed = 0.45;

    /// <summary>For training, and for batches of at least 16 samples.</summary>
    public static PassLayout ForBatches(NetworkGraph graph)
    {
        GraphLayer[] convolutions = [.. graph.Layers.Where(l => l.Layer.FillsLanesWithChannels)];
        bool isImageNetwork = graph.Layers.Any(l => !l.Output.IsFlat && !l.Layer.IsView);
        if (!isImageNetwork || graph.Layers.Any(l => l.Layer.CouplesSamples))
            return PassLayout.ChannelsLast;
        long floats = PassBuilder.Block * ((long)graph.Input.Size + graph.Layers.Sum(l => (long)l.Output.Size));
        double lanes = floats <= CacheFloats ? BroadcastSpeed : StreamedSpeed;
        double work = Math.Max(1, convolutions.Sum(l => (double)l.MultiplyAdds));
        double filled = convolutions.Length == 0 ? Filled(graph.Input.Channels) : convolutions.Sum(l => l.MultiplyAdds * Filled(l)) / work;
        return lanes > filled ? PassLayout.SamplesAsLanes : PassLayout.ChannelsLast;
    }

    /// <summary>Share of lanes that channels fill, forward and backward.</summary>
    private static double Filled(GraphLayer layer) => (Filled(layer.Output.Channels) + Filled(layer.Output.Channels) + Filled(layer.Input.Channels)) / 3;

    private static double Filled(int channels) => (double)channels / PassBuilder.Padded(channels);
}
