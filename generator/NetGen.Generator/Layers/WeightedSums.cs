using NetGen.Generator.Collections;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>How linear layers and convolutions become weighted sums.</summary>
internal static class WeightedSums
{
    /// <summary>A linear layer. Where its features are an image's, the sum runs over the image as it lies in memory.</summary>
    public static WeightedSum Linear(PassBuilder pass, Activation x, Activation y)
    {
        ParameterPlace weight = pass.Parameter("weight")!;
        TensorShape shape = x.Shape;
        EquatableArray<TermAxis> w = weight.Layout;
        EquatableArray<InAxis> axes = w.Count == 2
            ? [new InAxis(shape.Size, pass.SamplesAreLanes ? PassBuilder.Block : 1, w[1].Step)]
            : Merge(!pass.SamplesAreLanes, [new(shape.Height, x.Steps.Row, w[2].Step), new(shape.Width, x.Steps.Column, w[3].Step), new(shape.Channels, x.Steps.Channel, w[1].Step)]);
        return new WeightedSum(x, y, weight, pass.Parameter("bias"), y.Shape.Size, axes, WindowAxis.One, WindowAxis.One, $"{pass.Layer}: {shape.Size} → {y.Shape.Size}");
    }

    /// <summary>A convolution.</summary>
    public static WeightedSum Convolution(PassBuilder pass, Activation x, Activation y, Window window)
    {
        ParameterPlace weight = pass.Parameter("weight")!;
        EquatableArray<TermAxis> w = weight.Layout;
        return new WeightedSum(
            x,
            y,
            weight,
            pass.Parameter("bias"),
            y.Shape.Channels,
            [new InAxis(x.Shape.Channels, x.Steps.Channel, w[1].Step)],
            new WindowAxis(y.Shape.Height, window.Kernel.Height, x.Shape.Height, window.Stride.Height, window.Padding.Height, y.Steps.Row, x.Steps.Row, w[2].Step),
            new WindowAxis(y.Shape.Width, window.Kernel.Width, x.Shape.Width, window.Stride.Width, window.Padding.Width, y.Steps.Column, x.Steps.Column, w[3].Step),
            $"{pass.Layer}: {x.Shape} → {y.Shape}, kernel {window.Kernel}");
    }

    /// <summary>Joins neighbouring axes that are one run in both tensors. The channels stay the last axis where they are lanes, even a single one.</summary>
    private static EquatableArray<InAxis> Merge(bool channelsAreLanes, IReadOnlyList<InAxis> axes)
    {
        var merged = new List<InAxis>();
        foreach (InAxis axis in axes.Where((a, i) => a.Extent > 1 || (channelsAreLanes && i == axes.Count - 1)))
        {
            int last = merged.Count - 1;
            if (last >= 0 && merged[last].XStep == axis.Extent * axis.XStep && merged[last].WStep == axis.Extent * axis.WStep)
                merged[last] = new InAxis(merged[last].Extent * axis.Extent, axis.XStep, axis.WStep);
            else
                merged.Add(axis);
        }
        return merged.Count == 0 ? [axes[axes.Count - 1]] : merged.ToEquatableArray();
    }
}
