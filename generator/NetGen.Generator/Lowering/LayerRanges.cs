using NetGen.Generator.Collections;

namespace NetGen.Generator.Lowering;

/// <summary>Some layers of a network, as ranges of their numbers that lie apart, in order.</summary>
/// <param name="Ranges">First, and the one behind the last.</param>
/// <param name="Layers">How many the network has.</param>
internal sealed record LayerRanges(EquatableArray<(int First, int End)> Ranges, int Layers)
{
    public bool IsEmpty => Ranges.Count == 0;

    public static LayerRanges One(int layer, int layers) => new([(layer, layer + 1)], layers);

    public bool Contains(int layer) => Ranges.Any(range => layer >= range.First && layer < range.End);

    /// <summary>The layers that are in one or in both.</summary>
    public LayerRanges Union(LayerRanges other)
    {
        var all = new List<(int First, int End)>();
        foreach ((int first, int end) in Ranges.Concat(other.Ranges).OrderBy(range => range.First))
        {
            if (all.Count > 0 && first <= all[all.Count - 1].End)
                all[all.Count - 1] = (all[all.Count - 1].First, Math.Max(end, all[all.Count - 1].End));
            else
                all.Add((first, end));
        }
        return this with { Ranges = all.ToEquatableArray() };
    }

    /// <summary>The layers that the other has not.</summary>
    public LayerRanges Without(LayerRanges other)
    {
        IEnumerable<(int First, int End)> left = Ranges;
        foreach ((int first, int end) in other.Ranges)
        {
            left = left.SelectMany(range => new[] { (range.First, Math.Min(range.End, first)), (Math.Max(range.First, end), range.End) })
                .Where(range => range.Item1 < range.Item2).ToList();
        }
        return this with { Ranges = left.ToEquatableArray() };
    }
}
