using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>The losses of a network's further outputs, of which a trainer that is given some adds the sum to that of the main one.</summary>
internal sealed class FurtherLosses
{
    private readonly OutputLoss?[] losses;

    /// <summary>Losses of some further outputs.</summary>
    /// <param name="name">Whose messages they are.</param>
    /// <param name="network">The network.</param>
    /// <param name="main">The loss of the main output.</param>
    /// <param name="given">At most one for each further output.</param>
    /// <exception cref="ArgumentException">There is no such output, it has a loss already, or a loss does not go with it or with the main one.</exception>
    public FurtherLosses(string name, NetworkDefinition network, Loss main, IReadOnlyList<OutputLoss> given)
    {
        string[] names = [.. network.Outputs.Skip(1).Select(output => output.Name)];
        losses = new OutputLoss?[given.Count == 0 ? 0 : names.Length];
        foreach (OutputLoss one in given)
        {
            ArgumentNullException.ThrowIfNull(one, "outputs");
            int index = Array.IndexOf(names, one.Output);
            if (index < 0)
                throw Refusal($"there is no further output '{one.Output}': {(names.Length == 0 ? "the network has none" : $"there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names)}")}");
            if (losses[index] is not null)
                throw Refusal($"output '{one.Output}' has two losses");
            if (one.Loss.TakesLabels != main.TakesLabels)
                throw Refusal($"the loss of output '{one.Output}' compares with {Kind(one.Loss)}, and that of the main output with {Kind(main)}");
            Shape shape = network.ShapeOf(index + 1);
            if (shape.Size != network.OutputShape.Size || (!main.TakesLabels && one.Loss.TargetSize(shape) != main.TargetSize(network.OutputShape)))
                throw Refusal($"output '{one.Output}' has shape {shape}, {shape.Size} values: it is trained by the labels or targets of the main output, which has {network.OutputShape.Size}");
            if (one.Loss.Mismatch(network with { OutputShape = shape, OutputForm = network.Outputs[index + 1].Form }) is { } mismatch)
                throw Refusal($"{one.Loss} does not go with output '{one.Output}': {mismatch}");
            losses[index] = one;
        }
        // Once: a step asks for them.
        Losses = [.. losses.OfType<OutputLoss>().Select(one => one.Loss)];

        ArgumentException Refusal(string what) => new($"{name}: {what}.", "outputs");
        static string Kind(Loss loss) => loss.TakesLabels ? "class labels" : "values";
    }

    /// <summary>No losses.</summary>
    private FurtherLosses() => (losses, Losses) = ([], []);

    /// <summary>Those of a network of which only the main output counts.</summary>
    public static FurtherLosses None { get; } = new();

    /// <summary>Further outputs that take part, with or without a loss; 0 where none has one.</summary>
    public int Count => losses.Length;

    /// <summary>The losses that there are.</summary>
    public ImmutableArray<Loss> Losses { get; }

    /// <summary>The loss of a further output, from 0; null: it counts nothing.</summary>
    public OutputLoss? Of(int index) => losses[index];
}
