using System.Buffers;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Cross-entropy of the channels at each pixel. Some pixels at a time are turned into rows, one for each, which the cross-entropy of rows takes, and their gradients back.
/// </summary>
internal sealed class PixelCrossEntropyLoss(LossWeights classWeights, float labelSmoothing, int? ignoreIndex) : Loss
{
    private const int PixelsAtATime = 64;
    private readonly CrossEntropyLoss ofRows = new(classWeights, labelSmoothing, ignoreIndex);

    public override bool TakesLabels => false;

    public override OutputForm Expects => ofRows.Expects;

    internal override LossDescription Description => ofRows.Description with { Kind = LossKind.PixelCrossEntropy };

    internal override int? IgnoreIndex => ignoreIndex;

    internal override int Decisions(Shape outputs) => TargetSize(outputs);

    internal override int TargetSize(Shape outputs) => outputs.Size / LossRows.ChannelsOf(outputs);

    internal override string? Mismatch(NetworkDefinition network)
    {
        int classes = LossRows.ChannelsOf(network.OutputShape);
        return classes > 1
            ? classWeights.Mismatch("class weight", classes)
            : $"it expects an output for each class at each pixel, [classes, height, width], and the network's outputs are {network.OutputShape}; use Loss.CrossEntropy for one class of a sample, or Loss.BinaryCrossEntropy for a yes or no at each pixel";
    }

    internal override int FirstWrong(ReadOnlySpan<float> targets, Shape outputs)
    {
        int classes = LossRows.ChannelsOf(outputs);
        for (var i = 0; i < targets.Length; i++)
        {
            if (!(targets[i] >= 0 && targets[i] < classes && float.IsInteger(targets[i])) && !(targets[i] == ignoreIndex))
                return i;
        }
        return -1;
    }

    internal override string TargetRule(Shape outputs) =>
        $"a class, a whole number from 0 to {LossRows.ChannelsOf(outputs) - 1}{(ignoreIndex is { } ignored ? $", or {ignored} for none" : "")}, is expected";

    internal override double TotalWeight(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, int count, ReadOnlySpan<float> targets = default)
    {
        double sum = 0;
        int pixels = targets.Length / Math.Max(1, count);
        for (var n = 0; n < count; n++)
        {
            double ofSample = 0;
            foreach (float target in targets.Slice(n * pixels, pixels))
                ofSample += target == ignoreIndex ? 0 : classWeights[(int)target];
            sum += ofSample * (weights.IsEmpty ? 1 : weights[n]);
        }
        return sum;
    }

    internal override LossTally Evaluate(in LossRows rows)
    {
        int classes = rows.Channels, pixels = rows.Size / classes, stride = (int)SampleBlock.Padded(classes);
        float[] outputs = ArrayPool<float>.Shared.Rent(PixelsAtATime * stride), gradients = ArrayPool<float>.Shared.Rent(PixelsAtATime * stride);
        try
        {
            LossTally tally = default;
            Span<int> labels = stackalloc int[PixelsAtATime];
            Span<float> weights = stackalloc float[PixelsAtATime];
            for (nint n = 0; n < rows.Count; n++)
            {
                weights.Fill(rows.Weight(n));
                for (var first = 0; first < pixels; first += PixelsAtATime)
                {
                    int count = Math.Min(PixelsAtATime, pixels - first);
                    ref float sample = ref Unsafe.Add(ref rows.Outputs, (n * rows.Stride) + first);
                    for (var c = 0; c < classes; c++)
                        StridedLayout.CopyRun(ref Unsafe.Add(ref sample, (nint)c * pixels), 1, ref outputs[c], stride, count);
                    for (var i = 0; i < count; i++)
                        labels[i] = (int)Unsafe.Add(ref rows.Targets, (n * pixels) + first + i);
                    tally += ofRows.Evaluate(new LossRows
                    {
                        Outputs = ref outputs[0],
                        Gradients = ref rows.HasGradients ? ref gradients[0] : ref Unsafe.NullRef<float>(),
                        Labels = ref labels[0],
                        Targets = ref Unsafe.NullRef<float>(),
                        Weights = ref rows.HasWeights ? ref weights[0] : ref Unsafe.NullRef<float>(),
                        Count = count,
                        Size = classes,
                        Channels = 1,
                        Stride = stride,
                        Scale = rows.Scale,
                    });
                    if (!rows.HasGradients)
                        continue;
                    ref float gradient = ref Unsafe.Add(ref rows.Gradients, (n * rows.Stride) + first);
                    for (var c = 0; c < classes; c++)
                        StridedLayout.CopyRun(ref gradients[c], stride, ref Unsafe.Add(ref gradient, (nint)c * pixels), 1, count);
                }
                for (nint i = rows.Size; i < rows.Stride && rows.HasGradients; i++)
                    Unsafe.Add(ref rows.Gradients, (n * rows.Stride) + i) = 0;
            }
            return tally;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(outputs);
            ArrayPool<float>.Shared.Return(gradients);
        }
    }
}
