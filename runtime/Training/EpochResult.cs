using System.Collections.ObjectModel;

namespace NetGen;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Number of the epoch in its run, from 1.</param>
/// <param name="TrainLoss">The mean loss of a training sample, each measured in its own step, before that step's update.</param>
/// <param name="TrainAccuracy">The part of the answers that were right in their own step, as in <see cref="Evaluation"/>; null where nothing is right or wrong.</param>
/// <param name="ValidationLoss">The mean loss on the validation set after the epoch; null without one.</param>
/// <param name="ValidationAccuracy">The part of the validation set that is right after the epoch; null without one, and where nothing is right or wrong.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="Duration">The time the epoch took, validation included.</param>
public sealed record EpochResult(
    int Epoch, double TrainLoss, double? TrainAccuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate, TimeSpan Duration)
{
    /// <summary>What metrics have come to on the validation set, by their names, in their order; empty where none were asked for.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Equal in everything.</summary>
    public bool Equals(EpochResult? other) => other is not null
        && (Epoch, TrainLoss, TrainAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, Duration).Equals(
            (other.Epoch, other.TrainLoss, other.TrainAccuracy, other.ValidationLoss, other.ValidationAccuracy, other.LearningRate, other.Duration))
        && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, TrainLoss, ValidationLoss, LearningRate, Duration);

    /// <summary>The loss that counts: on the validation set, or without one that of training.</summary>
    internal static double LossOf(EpochResult epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;
}
