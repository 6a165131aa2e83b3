using System.Collections.Immutable;

namespace NetGen;

/// <summary>What the first bytes of an image file say of its format.</summary>
/// <param name="Format">The format, as people call it, with its article.</param>
/// <param name="Start">The file's first bytes.</param>
/// <param name="Later">Bytes that follow at byte <paramref name="At"/>; empty where the first tell enough.</param>
/// <param name="At">Where those are.</param>
internal sealed record ImageSignature(string Format, ImmutableArray<byte> Start, ImmutableArray<byte> Later, int At)
{
    /// <summary>How many first bytes tell every format here.</summary>
    public const int Bytes = 12;

    /// <summary>Formats that are not read, but known by name: people have files of them.</summary>
    private static readonly ImmutableArray<ImageSignature> Others =
    [
        Of("a JPEG", [0xFF, 0xD8, 0xFF]),
        Of("a GIF", [.. "GIF87a"u8]),
        Of("a GIF", [.. "GIF89a"u8]),
        new("a WebP", [.. "RIFF"u8], [.. "WEBP"u8], 8),
        Of("a BMP", [.. "BM"u8]),
        Of("a TIFF", [.. "II*\0"u8]),
        Of("a TIFF", [.. "MM\0*"u8]),
        new("a HEIC", [], [.. "ftyphei"u8], 4),
        new("a HEIC", [], [.. "ftypmif1"u8], 4),
        new("an AVIF", [], [.. "ftypavif"u8], 4),
        Of("a JPEG XL", [0xFF, 0x0A]),
        Of("a PDF", [.. "%PDF"u8]),
    ];

    /// <summary>Whether it begins as a PNG does; a whole signature is left to the decoder, which tells what befell a damaged one.</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', ..];

    /// <summary>Whether a file begins as those do that are read.</summary>
    public static bool IsRead(string path)
    {
        using FileStream file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[Bytes];
        return IsRead(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }

    private static bool IsRead(ReadOnlySpan<byte> bytes) => IsPng(bytes) || bytes is [(byte)'P', >= (byte)'0' and <= (byte)'9', ..];

    /// <summary>Refuses what begins neither as a PNG nor as a PGM or PPM, by its name where it is known.</summary>
    /// <exception cref="DataFormatException">The file is of another format.</exception>
    public static void CheckRead(string name, ReadOnlySpan<byte> bytes)
    {
        if (IsRead(bytes))
            return;
        foreach (ImageSignature other in Others)
        {
            if (other.IsStartOf(bytes))
                throw new DataFormatException(name, $"it is {other.Format}, not a PNG or PGM");
        }
        throw new DataFormatException(name, "it begins neither as a PNG nor as a PGM or PPM file does; others are not read");
    }

    private static ImageSignature Of(string format, ImmutableArray<byte> start) => new(format, start, [], 0);

    private bool IsStartOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Start.AsSpan()) && bytes.Length >= At && bytes[At..].StartsWith(Later.AsSpan());
}
