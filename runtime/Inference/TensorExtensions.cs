using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// The same calls over System.Numerics.Tensors. A tensor has the shape [n, sample shape], or that of one sample alone; a contiguous one is used
/// where it is, another is copied first.
/// </summary>
public static class TensorExtensions
{
    /// <summary>Evaluates one sample or several.</summary>
    /// <param name="net">The network.</param>
    /// <param name="inputs">[n, input shape], or [input shape].</param>
    /// <param name="outputs">[n, output shape], or [output shape] for one sample; overwritten.</param>
    /// <exception cref="ArgumentException">A tensor has another shape. Nothing has been written.</exception>
    [OverloadResolutionPriority(-1)]
    public static void Predict(this INetwork net, in ReadOnlyTensorSpan<float> inputs, in TensorSpan<float> outputs)
    {
        NetworkDefinition definition = NetworkExtensions.State(net).Definition;
        int count = Samples(inputs.Lengths, definition.InputShape, definition.Name, nameof(inputs));
        int room = Samples(outputs.Lengths, definition.OutputShape, definition.Name, nameof(outputs));
        if (room != count)
            throw new ArgumentException($"{definition.Name}: the inputs are {count} samples, and the outputs have room for {room}.", nameof(outputs));
        Span<nint> start = stackalloc nint[outputs.Rank];
        start.Clear();
        if (outputs.TryGetSpan(start, count * definition.OutputShape.Size, out Span<float> values))
        {
            net.Predict(Flat(inputs), values);
            return;
        }
        new ReadOnlyTensorSpan<float>(net.Predict(Flat(inputs)), outputs.Lengths).CopyTo(outputs);
    }

    /// <summary>The classes of several samples.</summary>
    /// <param name="net">The network, with an output for each class, or one for yes and no.</param>
    /// <param name="inputs">[n, input shape], or [input shape].</param>
    /// <param name="labels">n classes, overwritten; see <see cref="NetworkExtensions.Classify(INetwork, ReadOnlySpan{float})"/>.</param>
    /// <exception cref="ArgumentException">The tensor has another shape, or the span another length. Nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">The outputs are no classes but, for example, an image.</exception>
    [OverloadResolutionPriority(-1)]
    public static void Classify(this INetwork net, in ReadOnlyTensorSpan<float> inputs, Span<int> labels)
    {
        NetworkDefinition definition = NetworkExtensions.State(net).Definition;
        Samples(inputs.Lengths, definition.InputShape, definition.Name, nameof(inputs));
        net.Classify(Flat(inputs), labels);
    }

    /// <summary>Trains on one batch of classes.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="inputs">[n, input shape], 1 ≤ n ≤ <see cref="Trainer.BatchSize"/>.</param>
    /// <param name="labels">n classes; see <see cref="Trainer.Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>.</param>
    /// <returns>The mean loss of the n samples before the update.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape, a label is no class. Nothing has changed.</exception>
    [OverloadResolutionPriority(-1)]
    public static float Step(this Trainer trainer, in ReadOnlyTensorSpan<float> inputs, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Samples(inputs.Lengths, trainer.Definition.InputShape, trainer.Definition.Name, nameof(inputs));
        return trainer.Step(Flat(inputs), labels);
    }

    /// <summary>Trains on one batch of values.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="inputs">[n, input shape], 1 ≤ n ≤ <see cref="Trainer.BatchSize"/>.</param>
    /// <param name="targets">[n, output shape]: what the outputs should be.</param>
    /// <returns>The mean loss of the n samples before the update.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The loss compares with classes.</exception>
    [OverloadResolutionPriority(-1)]
    public static float Step(this Trainer trainer, in ReadOnlyTensorSpan<float> inputs, in ReadOnlyTensorSpan<float> targets)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        NetworkDefinition definition = trainer.Definition;
        Samples(inputs.Lengths, definition.InputShape, definition.Name, nameof(inputs));
        Samples(targets.Lengths, definition.OutputShape, definition.Name, nameof(targets));
        return trainer.Step(Flat(inputs), Flat(targets));
    }

    private static ReadOnlySpan<float> Flat(in ReadOnlyTensorSpan<float> tensor)
    {
        Span<nint> start = stackalloc nint[tensor.Rank];
        start.Clear();
        int length = checked((int)tensor.FlattenedLength);
        if (tensor.TryGetSpan(start, length, out ReadOnlySpan<float> values))
            return values;
        var copy = new float[length];
        tensor.FlattenTo(copy);
        return copy;
    }

    /// <summary>How many samples of a shape a tensor of these lengths holds.</summary>
    private static int Samples(ReadOnlySpan<nint> lengths, Shape sample, string network, string parameter)
    {
        bool isOne = lengths.Length == sample.Rank;
        ReadOnlySpan<nint> given = isOne || lengths.IsEmpty ? lengths : lengths[1..];
        bool fits = given.Length == sample.Rank;
        for (var i = 0; fits && i < given.Length; i++)
            fits = given[i] == sample[i];
        if (!fits)
        {
            throw new ArgumentException(
                $"{network}: {parameter} of shape [n, {string.Join(", ", sample.Extents)}], or {sample} for one sample, are expected, and [{string.Join(", ", lengths.ToArray())}] is given.",
                parameter);
        }
        return isOne ? 1 : checked((int)lengths[0]);
    }
}
