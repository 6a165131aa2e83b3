using System.Collections.Immutable;

namespace NetGen.Reports;

/// <summary>Curves over one axis.</summary>
/// <param name="Title">What they show.</param>
/// <param name="Series">The curves, at most 16.</param>
public sealed record Plot(string Title, params ImmutableArray<Series> Series)
{
    /// <summary>What is told along.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>What is told up.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Whether equal factors lie equally far apart along; what is not above 0 is a gap.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether equal factors lie equally far apart up; what is not above 0 is a gap.</summary>
    public bool LogY { get; init; }
}
