using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// How shared methods walk over the pixels of some tensors: what lies side by side in all of them is one line. The emitted structs, and the
/// numbers of a layer for them.
/// </summary>
/// <param name="Channels">Channels in memory.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Steps">Each tensor's.</param>
internal sealed record PixelWalk(int Channels, int Height, int Width, PixelSteps[] Steps)
{
    /// <summary>Numbers of methods whose pieces are lines.</summary>
    public const string LinesStruct = """
        /// <summary>Lines of images: steps of the first, second and third tensor between pixels, rows and samples, in floats.</summary>
        internal struct Lines
        {
            /// <summary>Lines of an image (more than there are: images follow each other like lines), pixels of a line, floats of a pixel.</summary>
            public nint Height, Pixels, Channels;

            /// <summary>There is nothing between the lines of an image; between pixels.</summary>
            public bool JoinsLines, JoinsPixels;

            public nint X, XRow, XSample, Y, YRow, YSample, Z, ZRow, ZSample;
        }
        """;

    /// <summary>Numbers of methods that sum over all pixels.</summary>
    public const string PixelsStruct = """
        /// <summary>All pixels of all samples: steps of the first and second tensor between pixels, rows and samples, in floats.</summary>
        internal struct Pixels
        {
            /// <summary>Floats of a pixel, and of one that a piece sums.</summary>
            public nint Channels, Part;

            /// <summary>Lines of an image (0: all images are one line) and pixels of a line; pixels of an image.</summary>
            public nint Lines, Width, Area;

            /// <summary>What is summed before it is added to the whole.</summary>
            public nint ChunkLines, ChunkWidth;

            public nint X, XRow, XSample, Y, YRow, YSample;
        }

        /// <summary>Sums of a piece, and what rounding took from them.</summary>
        [InlineArray(256)]
        internal struct Held
        {
            private float first;
        }
        """;

    /// <summary>Pixels that are summed in four chains of 16 before their sum is added to the whole: rounding errors grow with the length of a chain.</summary>
    private const int Chunk = 64;

    /// <summary>Blocks of 16 channels that a piece takes at most: it reads a pixel's run at a time, and there are pieces for several workers.</summary>
    private const int MostBlocks = 4;

    private static readonly string[] Names = ["X", "Y", "Z"];

    /// <summary>A walk over tensors of so many channels.</summary>
    public static PixelWalk Of(int channels, int height, int width, params PixelSteps[] steps) =>
        new(WideConvolution.Padded(channels), height, width, [.. steps.Select(s => Normal(s, height, width))]);

    /// <summary>Pieces are lines.</summary>
    public WidePieces LinePieces => new(1, Height);

    /// <summary>Pieces are parts of the channels.</summary>
    public WidePieces ChannelPieces => new(Parts(Channels), 1, PerSample: false);

    /// <summary>The numbers for lines.</summary>
    public WideNumbers Lines => new("Lines", string.Join(", ", LineMembers()));

    /// <summary>The numbers for sums over all pixels.</summary>
    public WideNumbers Pixels => new("Pixels", string.Join(", ", PixelMembers()));

    /// <summary>Channels of a piece, where pieces are parts of the channels.</summary>
    public static int Part(int padded) => Math.Min(MostBlocks, Math.Max(1, padded / 16 / MostBlocks)) * 16;

    /// <summary>How many such parts there are.</summary>
    public static int Parts(int padded) => (padded + Part(padded) - 1) / Part(padded);

    private bool JoinsRows => Steps.All(s => s.Row == Width * s.Pixel);

    private bool JoinsSamples => JoinsRows && Steps.All(s => s.Sample == Height * s.Row);

    private IEnumerable<string> LineMembers()
    {
        yield return $"Height = {(JoinsSamples ? "int.MaxValue" : Literal.Of(Height))}";
        yield return $"Pixels = {Literal.Of(Width)}";
        yield return $"Channels = {Literal.Of(Channels)}";
        if (JoinsRows)
            yield return "JoinsLines = true";
        if (Steps.All(s => s.Pixel == Channels))
            yield return "JoinsPixels = true";
        foreach (string member in StepMembers())
            yield return member;
    }

    private IEnumerable<string> PixelMembers()
    {
        (int lines, int width) = JoinsSamples ? (0, Height * Width) : JoinsRows ? (1, Height * Width) : (Height, Width);
        yield return $"Channels = {Literal.Of(Channels)}";
        yield return $"Part = {Literal.Of(Part(Channels))}";
        yield return $"Lines = {Literal.Of(lines)}";
        yield return $"Width = {Literal.Of(width)}";
        yield return $"Area = {Literal.Of(Height * Width)}";
        yield return $"ChunkLines = {Literal.Of(lines > 1 ? Math.Max(1, Chunk / width) : 1)}";
        yield return $"ChunkWidth = {Literal.Of(lines > 1 ? Math.Min(Chunk, width) : Chunk)}";
        foreach (string member in StepMembers())
            yield return member;
    }

    private IEnumerable<string> StepMembers() => Steps.SelectMany((s, i) => new[]
    {
        $"{Names[i]} = {Literal.Of(s.Pixel)}", $"{Names[i]}Row = {Literal.Of(s.Row)}", $"{Names[i]}Sample = {Literal.Of(s.Sample)}",
    });

    /// <summary>Steps over an extent of 1 are never taken: they are made such that there is nothing between.</summary>
    private static PixelSteps Normal(PixelSteps s, int height, int width) =>
        height * width == 1 ? new(s.Sample, s.Sample, s.Sample)
        : height == 1 ? s with { Row = width * s.Pixel }
        : width == 1 ? s with { Pixel = s.Row }
        : s;
}
