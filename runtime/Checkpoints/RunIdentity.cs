using System.Globalization;

namespace NetGen;

/// <summary>What must be the same for a run to go on: otherwise it would come to something else than the run that was not interrupted.</summary>
/// <param name="Network">The network's class.</param>
/// <param name="Optimizer">Formula and constants.</param>
/// <param name="Loss">Formulas and constants, of all outputs that have a loss.</param>
/// <param name="Batch">Samples of a step, and how many are computed at a time.</param>
/// <param name="Shuffle">Where the orders come from.</param>
/// <param name="Data">Number, shape and a sum of the samples, and what is done to them.</param>
internal sealed record RunIdentity(string Network, string Optimizer, string Loss, string Batch, string Shuffle, string Data)
{
    // Values that are looked at, of each kind: enough to tell other data, and no time.
    private const int MostValues = 1 << 16;

    /// <summary>Of a run.</summary>
    public static RunIdentity Of(Trainer trainer, DataSet train, Seed? shuffle, bool dropLast) => new(
        trainer.Definition.Name, trainer.Optimizer.ToString(),
        string.Join(" + ", trainer.Outputs.Select(output => string.Create(CultureInfo.InvariantCulture, $"{output.Weight} {output.Loss} of {output.Output}")).Prepend($"{trainer.Loss}")),
        string.Create(CultureInfo.InvariantCulture, $"{trainer.BatchSize} × {trainer.AccumulationSteps}{(dropLast ? ", the last dropped" : "")}"),
        shuffle is { } seed ? string.Create(CultureInfo.InvariantCulture, $"seed {seed.Value}") : "the network's seed",
        string.Create(CultureInfo.InvariantCulture, $"{train.Count} × {train.InputShape}, sum {SumOf(train):x16}{ChangesOf(train)}"));

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

    /// <summary>What is done to samples before they are learnt from, as far as it can be told.</summary>
    private static string ChangesOf(DataSet train)
    {
        Batching batching = train.Batching;
        string changes = string.Concat(batching.Augmentation.Select(change => $", {change.GetType().Name}"));
        return batching.IsBalanced ? $"{changes}, balanced" : changes;
    }

    private static ulong SumOf(DataSet data)
    {
        ulong sum = 0;
        Add(data.Inputs, BitConverter.SingleToUInt32Bits);
        Add(data.Labels, label => (uint)label);
        Add(data.Targets, BitConverter.SingleToUInt32Bits);
        Add(data.Weights, BitConverter.SingleToUInt32Bits);
        return sum;

        void Add<T>(ReadOnlySpan<T> values, Func<T, uint> bits)
        {
            int skip = Math.Max(1, values.Length / MostValues);
            for (var i = 0; i < values.Length; i += skip)
                sum = SplitMix64.Mix(sum + SplitMix64.Increment + bits(values[i]));
        }
    }
}
