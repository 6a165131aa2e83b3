using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <content>What goes in and comes out, between PyTorch's order and the kernels' layouts.</content>
internal sealed unsafe partial class CpuExecutor
{
    // Gradients of places without a sample are made 0.
    private int SamplesInBlocks => (int)SampleBlock.Padded(count);

    public override void InputGradient(int fromNode, Span<float> values)
    {
        Run(Work.InputGradient, fromNode);
        ActivationDefinition input = definition.InputGradient;
        Gather(input.Shape, input.ValueLayout, input.Gradient, values);
    }

    public override void ReadOutput(int output, Span<float> values)
    {
        OutputDefinition place = definition.Outputs[output];
        int size = definition.ShapeOf(output).Size;
        for (var n = 0; n < count; n++)
            MemoryMarshal.CreateReadOnlySpan(ref memory.Row(place.Rows, place.Stride, n), size).CopyTo(values[(n * size)..]);
    }

    public override void WriteOutputGradient(int output, ReadOnlySpan<float> gradient)
    {
        OutputDefinition place = definition.Outputs[output];
        int size = definition.ShapeOf(output).Size, stride = place.Stride;
        for (var n = 0; n < SamplesInBlocks; n++)
        {
            Span<float> row = MemoryMarshal.CreateSpan(ref memory.Row(place.Gradient, stride, n), stride);
            row.Clear();
            if (n < count)
                gradient.Slice(n * size, size).CopyTo(row);
        }
    }

    public override void ReadActivation(int node, Span<float> values)
    {
        ActivationDefinition activation = definition.Activations[node];
        if (!activation.IsStored)
            Run(Work.Materialize, node);
        Gather(activation.Shape, activation.ValueLayout, activation.Value, values);
    }

    public override void WriteGradient(int node, ReadOnlySpan<float> gradient)
    {
        ActivationDefinition start = definition.Activations[node];
        ActivationLayout layout = start.GradientLayout ?? start.ValueLayout;
        int size = start.Shape.Size;
        for (var n = 0; n < SamplesInBlocks; n++)
        {
            ref float sample = ref memory.Sample(layout, start.Gradient, n);
            if (n < count)
                StridedLayout.Scatter(layout.Layout, gradient.Slice(n * size, size), ref sample);
            else
                StridedLayout.Fill(layout.Layout, 0, ref sample);
        }
    }

    private void Gather(Shape shape, ActivationLayout layout, Place place, Span<float> values)
    {
        int size = shape.Size;
        for (var n = 0; n < count; n++)
            StridedLayout.Gather(layout.Layout, ref memory.Sample(layout, place, n), values.Slice(n * size, size));
    }
}
