namespace NetGen.Generator.Operations;

/// <summary>Windows of a pooling that are not all alike, in how many inputs they have or in how many their mean is of.</summary>
internal sealed record UnevenWindows(UnevenAxis Rows, UnevenAxis Columns);

/// <summary>
/// One direction: output o has the inputs from ⌊(o·Step − Before) / Parts⌋ to, without it, ⌊(o·Step + Reach) / Parts⌋, as far as there are such. Its mean
/// is of the places among them from −CountedBefore to, without it, CountedPast, zeros outside of the image included. Where Parts is above 1, Before is 0.
/// </summary>
internal readonly record struct UnevenAxis(int Step, int Parts, int Before, int Reach, int CountedBefore, int CountedPast)
{
    /// <summary>How many places the mean of output o is of.</summary>
    public long Counted(int o) => Math.Min((((long)o * Step) + Reach) / Parts, CountedPast) - Math.Max((((long)o * Step) - Before) / Parts, -CountedBefore);
}
