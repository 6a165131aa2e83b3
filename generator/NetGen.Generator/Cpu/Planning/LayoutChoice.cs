using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

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
    public static Layout ForBatches(NetworkProgram program)
    {
        Contraction[] convolutions = [.. program.Forward.OfType<Contraction>().Where(c => !c.Window.IsLinear)];
        bool isImageNetwork = program.Values.Any(v => v is { Kind: ValueKind.Activation, Alias: < 0, Shape.IsFlat: false });
        if (!isImageNetwork || program.Forward.Any(o => o is BatchStatistics))
            return Layout.ChannelsLast;
        long floats = InstructionSet.Block * (program.Values[program.Input].Shape.Size + program.Nodes.Sum(n => (long)program.Values[n.Output].Shape.Size));
        double lanes = floats <= CacheFloats ? BroadcastSpeed : StreamedSpeed;
        double work = Math.Max(1, convolutions.Sum(MultiplyAdds));
        double filled = convolutions.Length == 0
            ? Filled(program.Values[program.Input].Shape.Channels)
            : convolutions.Sum(c => MultiplyAdds(c) * Filled(c.Window)) / work;
        return lanes > filled ? Layout.SamplesAsLanes : Layout.ChannelsLast;
    }

    private static double MultiplyAdds(Contraction c) => c.Window.Axes.Aggregate((double)c.Window.Out * c.Window.In, (all, axis) => all * axis.Output * axis.Kernel);

    /// <summary>Share of lanes that channels fill, forward and backward.</summary>
    private static double Filled(Window window) => (Filled(window.Out) + Filled(window.Out) + Filled(window.In)) / 3;

    private static double Filled(int channels) => (double)channels / Layouts.Padded(channels);
}
