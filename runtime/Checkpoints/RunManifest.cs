using System.Text.Json.Serialization;

namespace NetGen;

/// <summary>What a checkpoint holds of a run besides tensors.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Identity">Whose it is.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Counters">Batches that the network's layers have seen.</param>
/// <param name="History">The epochs that have ended.</param>
/// <param name="Callbacks">Texts of callbacks, by their keys.</param>
internal sealed record RunManifest(
    int Version, RunIdentity Identity, RunPosition Position, long[] Counters, EpochResult[] History, Dictionary<string, Dictionary<string, string>> Callbacks)
{
    /// <summary>The form that this library writes, the only one so far.</summary>
    public const int Current = 1;

    /// <summary>What is wrong with it by itself; null: nothing.</summary>
    public string? Fault()
    {
        RunPosition at = Position;
        (bool Holds, string What)[] rules =
        [
            (Version == Current, $"is of version {Version}; this library reads version {Current}"),
            (at is { Epoch: >= 0, Step: >= 0, Order: >= 0, EpochsOrdered: >= 0, StepsTaken: >= 0, OptimizerSteps: >= 0 }, "tells of a negative number of steps or epochs"),
            (at.LearningRate >= 0 && float.IsFinite((float)at.LearningRate), "has a learning rate that is none"),
            (at.Elapsed >= TimeSpan.Zero && at.Sum is { Correct: >= 0, Samples: >= 0 }, "tells of a negative time or number of samples"),
            (History.Length == at.Epoch && History.All(epoch => epoch is not null), $"tells of {at.Epoch} epochs, and has {History.Length} in its history"),
            (Counters.All(count => count >= 0), "has a negative count of batches"),
            (Callbacks.Values.All(texts => texts is not null && texts.Values.All(text => text is not null)), "has a callback's text that is none"),
        ];
        return rules.FirstOrDefault(rule => !rule.Holds).What;
    }
}

/// <summary>How far a run has come.</summary>
/// <param name="Seed">The network's seed, of masks and orders.</param>
/// <param name="Epoch">Epochs that have ended.</param>
/// <param name="Step">Steps of the next one that have been taken.</param>
/// <param name="Order">The number of that epoch's order, where there are any.</param>
/// <param name="EpochsOrdered">The number of the next order from the network's seed.</param>
/// <param name="StepsTaken">Steps of the trainer.</param>
/// <param name="OptimizerSteps">Steps of the optimizer.</param>
/// <param name="LearningRate">The rate of the last one.</param>
/// <param name="Sum">What the steps of the epoch under way have come to.</param>
/// <param name="Elapsed">The time that it has taken so far.</param>
/// <param name="IsStopped">Whether the run has been ended before its last epoch.</param>
internal sealed record RunPosition(
    ulong Seed, int Epoch, int Step, int Order, int EpochsOrdered, int StepsTaken, int OptimizerSteps, double LearningRate, Measured Sum, TimeSpan Elapsed, bool IsStopped);

/// <summary>The manifest as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class RunManifestJson : JsonSerializerContext;
