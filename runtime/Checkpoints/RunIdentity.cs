using System.Globalization;

namespace NetGen;

/// <summary>What must be the same for a run to go on: otherwise it would come to something else than the run that was not interrupted.</summary>
/// <param name="Network">The network's class.</param>
/// <param name="Optimizer">Formula and constants.</param>
/// <param name="Loss">Formulas and constants, of all outputs that have a loss.</param>
/// <param name="Batch">Samples of a step, and how many are computed at a time.</param>
/// <param name="Shuffle">Where the orders come from.</param>
/// <param name="Data">Number, shape and a sum of the samples.</param>
internal sealed record RunIdentity(string Network, string Optimizer, string Loss, string Batch, string Shuffle, string Data)
{
    // Samples of values that are looked at: enough to tell other data, and no time.
    private const int MostValues = 1 << 16;

    /// <summary>Of a run.</summary>
    public static RunIdentity Of(Trainer trainer, DataSet train, Seed? shuffle, bool dropLast) => new(
        trainer.Definition.Name, trainer.Optimizer.ToString(),
        string.Join(" + ", trainer.Outputs.Select(output => string.Create(CultureInfo.InvariantCulture, $"{output.Weight} {output.Loss} of {output.Output}")).Prepend($"{trainer.Loss}")),
        string.Create(CultureInfo.InvariantCulture, $"{trainer.BatchSize} × {trainer.AccumulationSteps}{(dropLast ? ", the last dropped" : "")}"),
        shuffle is { } seed ? string.Create(CultureInfo.InvariantCulture, $"seed {seed.Value}") : "the network's seed",
        string.Create(CultureInfo.InvariantCulture, $"{train.Count} × {train.InputShape}, sum {SumOf(train):x16}"));

    /// <summary>What differs, for a message; null: nothing.</summary>
    public string? DifferenceTo(RunIdentity now)
    {
        (string What, string Saved, string Now)[] parts =
        [
            ("network", Network, now.Network), ("optimizer", Optimizer, now.Optimizer), ("loss", Loss, now.Loss),
            ("batches", Batch, now.Batch), ("order", Shuffle, now.Shuffle), ("data", Data, now.Data),
        ];
        (string what, string saved, string given) = parts.FirstOrDefault(part => part.Saved != part.Now);
        return what is null ? null : $"is of a run with {what} {Shown.Text(saved)}, and this one has {Shown.Text(given)}. Choose another folder, or remove the file to begin anew";
    }

    private static ulong SumOf(DataSet data)
    {
        ulong sum = 0;
        int skip = Math.Max(1, data.Inputs.Length / MostValues), skipLabels = Math.Max(1, data.Count / MostValues);
        for (var i = 0; i < data.Inputs.Length; i += skip)
            sum = SplitMix64.Mix(sum + SplitMix64.Increment + BitConverter.SingleToUInt32Bits(data.Inputs[i]));
        for (var i = 0; i < data.Labels.Length; i += skipLabels)
            sum = SplitMix64.Mix(sum + SplitMix64.Increment + (uint)data.Labels[i]);
        for (var i = 0; i < data.Targets.Length; i += Math.Max(1, data.Targets.Length / MostValues))
            sum = SplitMix64.Mix(sum + SplitMix64.Increment + BitConverter.SingleToUInt32Bits(data.Targets[i]));
        return sum;
    }
}
