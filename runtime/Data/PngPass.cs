using System.Collections.Immutable;

namespace NetGen;

/// <summary>One of the reduced images that a PNG is sent as: every so many columns and rows from some first ones on.</summary>
internal sealed record PngPass(int Left, int Top, int Across, int Down)
{
    /// <summary>The only pass of an image that is not interlaced.</summary>
    public static ImmutableArray<PngPass> Whole { get; } = [new(0, 0, 1, 1)];

    /// <summary>The seven passes of Adam7 (PNG specification, 8.1).</summary>
    public static ImmutableArray<PngPass> Adam7 { get; } =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>How many columns of an image belong to it.</summary>
    public int Columns(int width) => width <= Left ? 0 : (width - Left - 1) / Across + 1;

    /// <summary>How many rows of an image belong to it.</summary>
    public int Rows(int height) => height <= Top ? 0 : (height - Top - 1) / Down + 1;
}
