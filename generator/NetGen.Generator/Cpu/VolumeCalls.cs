using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>Calls of the library's methods for volumes.</summary>
internal static class VolumeCalls
{
    private const string Engine = "global::NetGen.Engine.";

    /// <param name="operation">What is done.</param>
    /// <param name="buffers">Its tensors, in its order.</param>
    /// <param name="samples">The first sample and that past the last.</param>
    public static string Text(BoundOperation operation, string[] buffers, string samples) => operation switch
    {
        SliceUnfolding { IsFold: true } u =>
            $"{Engine}VolumeSlices.Fold({Tensor(buffers.Last(), u.Volume)}, {Tensor(buffers[0], u.Unfolded)}, {(u.HasBias ? $"{buffers[1]}, " : "")}{u.Channels}, {u.Padded}, {Text(u.Slices)}, {samples});",
        SliceUnfolding u => $"{Engine}VolumeSlices.Unfold({Tensor(buffers[0], u.Volume)}, {Tensor(buffers[1], u.Unfolded)}, {u.Channels}, {u.Padded}, {Text(u.Slices)}, {samples});",
        VolumeResampling { IsGradient: true } r => $"{Engine}VolumeResampling.Gradient({Tensor(buffers[1], r.X)}, {Tensor(buffers[0], r.Y)}, {r.Channels}, {Text(r.Resampling)}, {samples});",
        VolumeResampling r => $"{Engine}VolumeResampling.Resample({Tensor(buffers[0], r.X)}, {Tensor(buffers[1], r.Y)}, {r.Channels}, {Text(r.Resampling)}, {samples});",
        VolumePool p => $"{Engine}VolumePooling.{(p.IsMax ? "Max" : "Mean")}{(p.IsGradient ? "Gradient" : "")}({Tensors(p, buffers)}, {p.Channels}, {string.Join(", ", p.Axes.Select(Text))}, {samples});",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.GetType().Name, null),
    };

    private static string Tensor(string buffer, PixelSteps steps) => $"new({buffer}, {PassWriter.Text(steps)})";

    /// <summary>The tensors of a pooling with their steps.</summary>
    private static string Tensors(VolumePool p, string[] buffers)
    {
        PixelSteps[] steps = !p.IsGradient ? [p.X, p.Y] : p.IsMax ? [p.X, p.Y, p.DY, p.DX] : [p.DY, p.DX];
        return string.Join(", ", buffers.Zip(steps, Tensor));
    }

    private static string Text(Unfolding s) => FormattableString.Invariant(
        $"new({Engine}Outside.{s.Kind}, {s.Taps}, {s.Stride}, {s.Dilation}, {s.Before}, {s.Depth.Input}, {s.Depth.Output}, {s.Rows.Input}, {s.Rows.InputPitch}, {s.Rows.Output}, {s.Rows.OutputPitch}, {s.Rows.Above}, {s.Columns.Input}, {s.Columns.Output}, {s.Columns.Left})");

    private static string Text(PoolAxis a) => FormattableString.Invariant(
        $"new({a.Input}, {a.Output}, {a.Windows.Step}, {a.Windows.Parts}, {a.Windows.Before}, {a.Windows.Reach}, {a.Windows.CountedBefore}, {a.Windows.CountedPast})");

    /// <summary>The directions, outermost first.</summary>
    private static string Text(Resampling r)
    {
        bool isLarger = r.Kind > ResamplingKind.Circular, isMixed = r.Kind > ResamplingKind.Nearest;
        return string.Join(", ", new[] { r.Slices!.Value, r.Rows, r.Columns }.Select(a => FormattableString.Invariant(
            $"new({Engine}Outside.{(isLarger ? ResamplingKind.Zeros : r.Kind)}, {a.Input}, {a.Output}, {a.Before}, {(isLarger ? 1 : a.Step)}, {(isLarger ? a.Step : 1)}, {(isMixed ? "true" : "false")})")));
    }
}
