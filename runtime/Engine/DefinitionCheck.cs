using System.Collections.Immutable;

namespace NetGen.Engine;

/// <summary>
/// That a definition's numbers fit one another. Everything that the library itself reads and writes by a place and a layout lies inside its
/// buffer then, whoever wrote the program: it is checked once, when a network is made, and a definition does not change.
/// </summary>
internal static class DefinitionCheck
{
    /// <exception cref="ArgumentException">A place lies outside its buffer, or sizes contradict one another.</exception>
    public static void Run(NetworkDefinition definition)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                throw new ArgumentException($"The definition of '{definition.Name}' contradicts itself: {what}.", nameof(definition));
        }

        Require(definition.Element == ElementType.Float32, $"its numbers are of type {definition.Element}, and this library computes with {nameof(ElementType.Float32)}");
        foreach ((long bytes, string what) in new[]
        {
            (definition.ParameterBytes, "parameters"), (definition.TrainableBytes, "trainable parameters"), (definition.PreparedBytes, "prepared values"),
            (definition.PredictScratchBytes, "scratch memory"), (definition.WorkerScratchBytes, "a worker's scratch memory"),
        })
            Require(bytes >= 0 && bytes % sizeof(float) == 0 && bytes / sizeof(float) <= int.MaxValue, $"{what} of {bytes} bytes are no number of floats");
        int inputs = definition.InputShape.Size, outputs = definition.OutputShape.Size, trainable = definition.TrainableFloats;
        Require(inputs > 0 && outputs > 0, "input or output has no values");
        Require(definition.GroupSize is 0 or SampleBlock.Size, $"groups are of {definition.GroupSize} samples");
        Require(trainable % SampleBlock.Size == 0 && trainable <= definition.ParameterFloats, $"{trainable} of {definition.ParameterFloats} floats are trainable");
        foreach (ParameterDefinition parameter in definition.Parameters)
        {
            Require(IsLayoutOf(parameter.Layout, parameter.Shape, taps: parameter.Shape.Rank >= 3 ? 2 : 0), $"{parameter.Name}'s layout is not of shape {parameter.Shape}");
            long first = parameter.Offset + parameter.Layout.Sum(stride => Math.Min(0, stride.Reach)), end = parameter.Offset + parameter.Layout.Sum(stride => Math.Max(0, stride.Reach));
            Require(first >= 0 && end < (parameter.IsTrainable ? trainable : definition.ParameterFloats), $"{parameter.Name} lies outside its buffer");
        }
        Require(definition.FrozenCounters >= 0 && definition.FrozenCounters <= definition.Counters.Length, $"{definition.FrozenCounters} of {definition.Counters.Length} counters are frozen");
        foreach (ConstantDefinition constant in definition.Constants)
        {
            Require(!constant.Values.IsDefaultOrEmpty && constant.Layout.All(stride => stride is { Extent: > 0, Step: >= 0, Block: >= 0, BlockStep: >= 0 }), "a constant's layout is none, or it has no values");
            Require(constant.Offset >= trainable && constant.Offset + StridedLayout.Reach(constant.Layout) < definition.ParameterFloats, "a constant lies outside its buffer");
        }
        Require(!definition.Activations.IsEmpty, "it has no layers");
        foreach (ActivationDefinition activation in definition.Activations.Add(definition.InputGradient))
        {
            foreach ((string what, Place place, ActivationLayout lies) in new[]
            {
                ("values", activation.Value, activation.ValueLayout), ("gradient", activation.Gradient, activation.GradientLayout ?? activation.ValueLayout),
            })
            {
                Require(IsLayoutOf(lies.Layout, activation.Shape) && lies.SampleStep >= 0, $"the layout of {activation.Name}'s {what} is not of shape {activation.Shape}");
                Require(lies.GroupStep >= 0 && lies.GroupStep % SampleBlock.Size == 0, $"groups of {activation.Name}'s {what} are {lies.GroupStep} floats apart");
                Require(IsInside(place, lies.SampleStep, StridedLayout.Reach(lies.Layout), lies.GroupStep), $"the {what} of {activation.Name} lie outside the arena");
            }
        }
        Require(!definition.Outputs.IsEmpty, "it has no outputs");
        foreach (OutputDefinition output in definition.Outputs)
        {
            Require(definition.Outputs.Count(other => other.Name == output.Name) == 1, $"it has several outputs called {output.Name}");
            Require((uint)output.Node < (uint)definition.Activations.Length, $"{output.Name} is an output of node {output.Node}");
            int size = definition.Activations[output.Node].Shape.Size;
            Require(output != definition.MainOutput || size == outputs, $"{output.Name} has {size} values, and the network {outputs}");
            Require(output.Stride >= size, $"rows of {size} outputs are {output.Stride} floats apart");
            Require(IsInside(output.Rows, output.Stride, size - 1), "its output rows lie outside the arena");
            Require(IsInside(output.Gradient, output.Stride, output.Stride - 1), "its gradient rows lie outside the arena");
        }

        // Both sides are linear in the capacity: what holds for the smallest, and grows no faster than the arena, holds for all.
        bool IsInside(Place place, long step, long reach, long group = 0)
        {
            long start = place.For(SampleBlock.Size);
            return start >= 0 && (group == 0 || definition.GroupSize == 0)
                && start + ((SampleBlock.Size - 1) * step) + reach < definition.Arena.For(SampleBlock.Size)
                && (definition.GroupSize != 0 || place.PerSample + Math.Max(step, group / SampleBlock.Size) <= definition.Arena.PerSample);
        }
    }

    /// <summary>The last dimensions may be taps of a kernel, which may lie from the last to the first.</summary>
    private static bool IsLayoutOf(ImmutableArray<Stride> layout, Shape shape, int taps = 0) =>
        layout.Select((stride, i) => stride is { Extent: > 0, Block: >= 0, BlockStep: >= 0 } && (stride.Step >= 0 || (stride.Block == 0 && i >= layout.Length - taps))).All(holds => holds)
        && StridedLayout.Count(layout) == shape.Size;
}
