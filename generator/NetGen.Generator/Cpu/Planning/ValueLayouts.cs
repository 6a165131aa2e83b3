namespace NetGen.Generator.Cpu.Planning;

/// <summary>How the values of a pass lie.</summary>
/// <param name="Usual">All but some.</param>
internal sealed record ValueLayouts(Layout Usual)
{
    /// <summary>Values that lie with samples as lanes in a program whose other values do not, by the values whose memory they are.</summary>
    public HashSet<int> Lanes { get; init; } = [];

    /// <summary>The last layer of which such values are; -1: there are none.</summary>
    public int LastLayer { get; init; } = -1;

    /// <summary>Every value lies with samples as lanes: 16 samples are computed from end to end.</summary>
    public bool AreLanes => Usual == Layout.SamplesAsLanes;

    /// <summary>Of a value that has memory of its own.</summary>
    public Layout Of(int root) => Lanes.Contains(root) ? Layout.SamplesAsLanes : Usual;
}
