using System.Collections.Immutable;

namespace NetGen.Reports;

/// <summary>A curve of a plot.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="X">Where its points lie.</param>
/// <param name="Y">And how high; as many. Where one is not finite the curve has a gap.</param>
public sealed record Series(string Name, ImmutableArray<double> X, ImmutableArray<double> Y)
{
    /// <summary>Whether points are drawn, and not a line through them.</summary>
    public bool IsPoints { get; init; }

    /// <summary>A curve over 1, 2, 3, …</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="values">How high its points lie.</param>
    public static Series Of(string name, IEnumerable<double> values)
    {
        ImmutableArray<double> y = [.. values];
        return new(name, [.. Enumerable.Range(1, y.Length).Select(x => (double)x)], y);
    }
}
