using System.Collections.ObjectModel;

namespace NetGen;

/// <summary>How a network does on a data set.</summary>
/// <param name="Loss">The mean loss of a sample; where samples or classes have weights, Σ weight·loss / Σ weight.</param>
/// <param name="Accuracy">
/// The part of the answers that is right, from 0 to 1: of classes the samples whose largest output is at their label, of binary cross-entropy the
/// outputs on the target's side of ½; null where the loss measures distances and nothing is right or wrong.
/// </param>
public readonly record struct Evaluation(double Loss, double? Accuracy)
{
    private readonly IReadOnlyDictionary<string, double>? metrics;

    /// <summary>What metrics have come to, by their names, in their order; empty where none were asked for.</summary>
    public IReadOnlyDictionary<string, double> Metrics
    {
        get => metrics ?? ReadOnlyDictionary<string, double>.Empty;
        init => metrics = value;
    }
}
