using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>
/// One direction: output o has the inputs from ⌊(o·Step − Before) / Parts⌋ to, without it, ⌊(o·Step + Reach) / Parts⌋, as far as there are such. Its mean
/// is of the places among them from −CountedBefore to, without it, CountedPast.
/// </summary>
/// <param name="Input">Inputs.</param>
/// <param name="Output">Outputs.</param>
/// <param name="Step">Parts of inputs between neighbouring outputs.</param>
/// <param name="Parts">Parts of an input; where above 1, Before is 0.</param>
/// <param name="Before">Inputs before the first.</param>
/// <param name="Reach">From where an output begins to where its window ends.</param>
/// <param name="CountedBefore">Places before the first input that means are of.</param>
/// <param name="CountedPast">Where the places end that means are of.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct VolumeAxis(int Input, int Output, int Step, int Parts, int Before, int Reach, int CountedBefore, int CountedPast)
{
    /// <summary>The inputs of an output.</summary>
    public (int First, int Past) Of(int output) => ((int)Math.Max(0, Start(output)), (int)Math.Min(Input, End(output)));

    /// <summary>How many places the mean of an output is of.</summary>
    public int Counted(int output) => (int)(Math.Min(End(output), CountedPast) - Math.Max(Start(output), -CountedBefore));

    private long Start(int output) => (((long)output * Step) - Before) / Parts;

    private long End(int output) => (((long)output * Step) + Reach) / Parts;
}
