using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Chooses how activations lie, for training and for batches of at least 16 samples, from an estimate of how well vectors are filled.</summary>
internal static class LayoutChoice
{
    /// <summary>What a group of 16 samples may take before it leaves the second-level cache.</summary>
    private const long CacheFloats = 512 * 1024;

    /// <summary>Share of full speed that kernels with samples as lanes reach: their weights are broadcast one by one.</summary>
    private const double BroadcastSpeed = 0.8;

    /// <summary>The same, once activations are streamed from further away.</summary>
    private const double StreamedSpeed = 0.62;

    /// <summary>The same of kernels with channels as lanes: tiles of literals, and those that wide layers share.</summary>
    private const double LiteralSpeed = 0.8, SharedSpeed = 0.92;

    /// <summary>What it costs to lay a value out anew, in multiply-adds for each of its floats and for each pass.</summary>
    private const double RelayoutCost = 16;

    /// <summary>One layout for all values.</summary>
    public static Layout ForBatches(NetworkProgram program)
    {
        Contraction[] convolutions = [.. program.Forward.OfType<Contraction>().Where(c => !c.Window.IsLinear)];
        bool isImageNetwork = program.Values.Any(v => v is { Kind: ValueKind.Activation, Alias: < 0, Shape.IsFlat: false });
        if (!isImageNetwork || Floats(program, program.Nodes.Count) > InstructionSet.Block * (long)Limits.Activations || program.Forward.Any(o => o is Normalize or SampleStatistics or InnerNormalize or ResponseNormalization or Resample or LocalProduct or PixelShuffle or Unfold or Fold or VolumePooling or Softmax { IsPerPixel: true }))
            return Layout.ChannelsLast;
        double lanes = LanesSpeed(program, program.Nodes.Count);
        double work = Math.Max(1, convolutions.Sum(MultiplyAdds));
        double filled = convolutions.Length == 0
            ? Filled(program.Values[program.Input].Shape.Channels)
            : convolutions.Sum(c => MultiplyAdds(c) * Filled(c.Window)) / work;
        return lanes > filled * LiteralSpeed ? Layout.SamplesAsLanes : Layout.ChannelsLast;
    }

    /// <summary>The layers before which samples are better lanes, in a network whose other values have channels as lanes: the last of them; -1: there are none.</summary>
    /// <param name="program">Forward and backward.</param>
    /// <param name="inference">What a prediction computes: it lies as training does.</param>
    /// <param name="wide">Weights that the kernels of wide layers would take.</param>
    /// <param name="isWanted">For tests: the more layers the better.</param>
    public static int LastOfLanes(NetworkProgram program, NetworkProgram inference, HashSet<int> wide, bool isWanted)
    {
        // Rows of all outputs are brought from and to one layout.
        if (wide.Count == 0 || program.FurtherOutputs.Count > 0)
            return -1;
        double gain = 0;
        var nets = new List<(int Node, double Net)>();
        for (var node = 0; node < program.Nodes.Count - 1; node++)
        {
            double lanes = LanesSpeed(program, node + 1);
            foreach (Contraction c in program.Forward.OfType<Contraction>().Where(c => c.Node == node))
            {
                bool isFirst = program.Root(c.X) == program.Input;
                double filled = isFirst ? Filled(c.Window.Out) : Filled(c.Window);
                gain += MultiplyAdds(c) * ((1 / (filled * (wide.Contains(c.W) ? SharedSpeed : LiteralSpeed))) - (1 / lanes));
            }
            // Were nothing wide left behind, channels would not be better lanes there; and a group must be addressed.
            if (Floats(program, node + 1) > InstructionSet.Block * (long)Limits.Activations || !program.Forward.Any(o => o.Node > node && o is Contraction c && wide.Contains(c.W)))
                break;
            double net = isWanted ? node + 1 : gain - (RelayoutCost * program.Values[program.Nodes[node].Output].Shape.Size);
            if (net > 0)
                nets.Add((node, net));
        }
        return nets.OrderByDescending(n => n.Net).Select(n => n.Node).Where(node => LayoutSplit.After(node, program) is not null && LayoutSplit.After(node, inference) is not null).DefaultIfEmpty(-1).First();
    }

    /// <summary>Share of full speed with samples as lanes in so many layers.</summary>
    private static double LanesSpeed(NetworkProgram program, int layers) => Floats(program, layers) <= CacheFloats ? BroadcastSpeed : StreamedSpeed;

    /// <summary>Floats of 16 samples' input and so many layers' outputs.</summary>
    private static long Floats(NetworkProgram program, int layers) =>
        InstructionSet.Block * (program.Values[program.Input].Shape.Size + program.Nodes.Take(layers).Sum(n => (long)program.Values[n.Output].Shape.Size));

    private static double MultiplyAdds(Contraction c) => c.Window.Axes.Aggregate((double)c.Window.Out * c.Window.InOfGroup, (all, axis) => all * axis.Output * axis.Kernel);

    /// <summary>Share of lanes that channels fill, forward and backward.</summary>
    private static double Filled(Window window) => (Filled(window.Out) + Filled(window.Out) + Filled(window.In)) / 3;

    private static double Filled(int channels) => (double)channels / Layouts.Padded(channels);
}
