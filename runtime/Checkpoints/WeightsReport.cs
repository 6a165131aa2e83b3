using System.Collections.Immutable;

namespace NetGen;

/// <summary>What <see cref="NetworkWeights.LoadWeights(INetwork, string, IReadOnlyDictionary{string, string}?, bool)"/> did.</summary>
/// <param name="Loaded">The network's tensors that the file held, by the network's names.</param>
/// <param name="Missing">The network's parameters that the file did not hold; they are as they were. Counts of batches may be missing unsaid.</param>
/// <param name="LeftOver">The file's tensors that the network does not have, by the file's names.</param>
/// <param name="Skipped">The file's tensors for which <c>names</c> gave null, by the file's names.</param>
public sealed record WeightsReport(
    ImmutableArray<string> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> LeftOver, ImmutableArray<string> Skipped)
{
    private const int MostNames = 8;

    /// <summary>In a line, for example <c>10 tensors loaded; 2 missing: 'fc.weight', 'fc.bias'; none left over</c>. Long lists are cut short.</summary>
    public override string ToString()
    {
        string skipped = Skipped.IsEmpty ? "" : $"; {Part("skipped", Skipped)}";
        return $"{Loaded.Length} {(Loaded.Length == 1 ? "tensor" : "tensors")} loaded; {Part("missing", Missing)}; {Part("left over", LeftOver)}{skipped}";
    }

    private static string Part(string what, ImmutableArray<string> names) =>
        names.IsEmpty ? $"none {what}" : $"{names.Length} {what}: {Shown.Names(names, MostNames)}";
}
