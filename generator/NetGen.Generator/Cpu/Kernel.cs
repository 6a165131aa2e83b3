namespace NetGen.Generator.Cpu;

/// <summary>An emitted method and what it is called with besides its tensors.</summary>
/// <param name="Name">The method.</param>
/// <param name="Work">How its work is cut.</param>
/// <param name="Pieces">For <see cref="Work.Pieces"/>: how many there are.</param>
/// <param name="IsRandom">It also takes a seed and the first sample's number.</param>
/// <param name="HasFloor">
/// It also takes the lowest value that its result may have: 0 makes it a ReLU, and -∞ shows what came before the ReLU with the same kernel.
/// </param>
internal sealed record Kernel(string Name, Work Work, int Pieces = 0, bool IsRandom = false, bool HasFloor = false);

/// <summary>How the work of a kernel is cut into shares.</summary>
internal enum Work
{
    /// <summary>One group of samples, done by one worker: no more arguments.</summary>
    Group,

    /// <summary>A range of samples: <c>from, to</c>.</summary>
    Samples,

    /// <summary>A range of tiles or channel blocks, over all samples: <c>samples, from, to</c>.</summary>
    Pieces,

    /// <summary>A range of samples that must know their number: <c>samples, from, to</c>.</summary>
    CountedSamples,
}
