namespace NetGen.Generator.Cpu.Kernels;

/// <summary>Channels in groups.</summary>
/// <param name="Count">How many.</param>
/// <param name="In">Input channels of each.</param>
/// <param name="Out">Output channels of each.</param>
internal readonly record struct ChannelGroups(int Count, int In, int Out);

/// <summary>
/// Input channels laid out so that every output channel finds those of its group in its own place: (x, spread), or back as sums: (spread, x). Done by the
/// runtime.
/// </summary>
/// <param name="Groups">The groups.</param>
/// <param name="Height">Lines of an image.</param>
/// <param name="Width">Pixels of a line.</param>
/// <param name="X">Steps of the input.</param>
/// <param name="Spread">Steps of the spread one.</param>
internal sealed record GroupSpread(ChannelGroups Groups, int Height, int Width, PixelSteps X, PixelSteps Spread) : RuntimeOperation
{
    /// <summary>From the spread channels back, as sums.</summary>
    public bool Gathers { get; init; }

    /// <summary>Sums are added to what is there.</summary>
    public bool Adds { get; init; }

    /// <summary>Floats of x before its first pixel from which on it is spread: what lies around an image.</summary>
    public int FirstX { get; init; }

    /// <summary>The same of the spread one.</summary>
    public int FirstSpread { get; init; }

    public override string Name => Gathers ? "GatherGroups" : "SpreadGroups";

    public override Work Work => Work.Samples;
}
