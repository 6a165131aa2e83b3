using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>What of a sample is normalised together: so many neighbouring lines of a channel.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Parts">Parts of a channel, one below the other.</param>
/// <param name="Lines">Lines of a part.</param>
/// <param name="Columns">Columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormalizedLines(int Channels, int Parts, int Lines, int Columns)
{
    private const int Block = 16;

    /// <summary>Channels of a pixel, zeros behind its own included.</summary>
    internal int Padded => (Channels + Block - 1) / Block * Block;

    /// <summary>Floats of weights that a line has: whole blocks.</summary>
    internal int WeightsOfLine => (Columns + Block - 1) / Block * Block;

    /// <summary>Places of a part.</summary>
    internal int Places => Lines * Columns;
}
