using System.Collections.Immutable;

namespace NetGen;

/// <summary>How images are read from a folder per class.</summary>
public sealed record FolderOptions
{
    /// <summary>How images of other proportions are brought to the size: cut, unless told otherwise.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>Reads files that are neither PNG nor PGM nor PPM, JPEG for example, from their paths; null: they are an error.</summary>
    public Func<string, RgbImage>? Decoder { get; init; }

    /// <summary>Which files are images, <c>*.png</c> for example: all, unless told otherwise, but those whose names begin with a dot.</summary>
    public string Pattern { get; init; } = "*";

    /// <summary>The classes in their order, those of the training set for a test set; null: the folder's own folders, by their names' characters.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
