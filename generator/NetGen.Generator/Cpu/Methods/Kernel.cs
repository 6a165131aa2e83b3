namespace NetGen.Generator.Cpu.Methods;

/// <summary>An emitted method and what it is called with besides its tensors.</summary>
/// <param name="Name">What a caller writes.</param>
/// <param name="IsRandom">It also takes a seed and the first sample's number.</param>
/// <param name="HasFloor">
/// It also takes the lowest value that its result may have: 0 makes it a ReLU, and -∞ shows what came before the ReLU with the same kernel.
/// </param>
internal sealed record Kernel(string Name, bool IsRandom = false, bool HasFloor = false)
{
    /// <summary>Where its work is cut into pieces: how many there are, as text.</summary>
    public string Pieces { get; init; } = "0";

    /// <summary>The number of pieces is an expression of <c>samples</c>.</summary>
    public bool CountsSamples { get; init; }

    /// <summary>What it takes behind its tensors: a layer's extents and steps, as text.</summary>
    public string? Numbers { get; init; }

    /// <summary>It also takes memory of its worker's own.</summary>
    public bool HasScratch { get; init; }
}
