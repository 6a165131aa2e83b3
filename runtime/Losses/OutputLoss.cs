namespace NetGen;

/// <summary>What a trainer makes small at a further output (<see cref="OutputAttribute"/>), beside its loss of the main one.</summary>
public sealed record OutputLoss
{
    /// <summary>A loss for a further output.</summary>
    /// <param name="output">The output's name.</param>
    /// <param name="loss">The loss: of the same labels or targets as the main output's.</param>
    /// <param name="weight">Its factor in the sum of losses, at least 0.</param>
    /// <exception cref="ArgumentNullException">The name or the loss is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public OutputLoss(string output, Loss loss, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(loss);
        (Output, Loss, Weight) = (output, loss, Check.NotNegative(weight, nameof(weight)));
    }

    /// <summary>The output's name.</summary>
    public string Output { get; }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>Its factor in the sum of losses.</summary>
    public double Weight { get; }
}
