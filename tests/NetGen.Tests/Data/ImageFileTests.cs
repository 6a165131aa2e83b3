using System.Text;

namespace NetGen.Tests.Data;

/// <summary>Files made to hurt, and files of other formats.</summary>
public sealed class ImageFileTests : IDisposable
{
    /// <summary>Room for buffers that do not depend on what a file claims.</summary>
    private const long Small = 2 << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static (string Message, long Bytes) Fault(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Should.Throw<DataFormatException>(() => GrayImage.Decode("x", file)).Message;
        return (message, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The product of the largest sides overflows 64 bits.</summary>
    [Theory]
    [InlineData(-1, -1, "it is 4294967295×4294967295 pixels; at most 65536 on a side are read")]
    [InlineData(int.MinValue, 2, "it is 2147483648×2 pixels; at most 65536 on a side are read")]
    [InlineData(65537, 1, "it is 65537×1 pixels; at most 65536 on a side are read")]
    [InlineData(65536, 1025, "it is 65536×1025 pixels; at most 67108864 are read")]
    public void RefusesSidesThatAreTooLong(int width, int height, string fault)
    {
        byte[] file = PngBytes.File(PngBytes.Header(width, height, 16, 6), PngBytes.Chunk("IDAT", PngBytes.Zlib([0])), PngBytes.End);
        (string message, long bytes) = Fault(file);
        message.ShouldBe($"x: {fault}");
        bytes.ShouldBeLessThan(Small);
    }

    /// <summary>66 bytes once took 1,088 MiB.</summary>
    [Theory]
    [InlineData(65536, 1024, 16, 6)]
    [InlineData(8192, 8192, 8, 0)]
    [InlineData(8192, 8192, 1, 0)]
    public void TakesNoMemoryForPixelsThatTheDataCannotMake(int width, int height, int depth, int colour)
    {
        byte[] file = PngBytes.File(PngBytes.Header(width, height, depth, colour), PngBytes.Chunk("IDAT", PngBytes.Zlib([0])), PngBytes.End);
        file.Length.ShouldBeLessThan(70);
        (string message, long bytes) = Fault(file);
        message.ShouldContain($"it ends before its {width}×{height} pixels do");
        bytes.ShouldBeLessThan(Small);
    }

    /// <summary>Enough compressed bytes for all pixels, but they make one line.</summary>
    [Fact]
    public void TakesMemoryForWhatArrivesOnly()
    {
        var noise = new byte[60_000];
        new Random(1).NextBytes(noise);
        byte[] file = PngBytes.File(PngBytes.Header(8192, 4096, 8, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib([0, .. noise])), PngBytes.End);
        (string message, long bytes) = Fault(file);
        message.ShouldContain("it ends before its 8192×4096 pixels do");
        bytes.ShouldBeLessThan(Small);
    }

    [Fact]
    public void ReadsALargeImageAndRefusesALongerOne()
    {
        const int Side = 3000;
        byte[] lines = new byte[Side * (1 + Side)];
        for (int y = 0; y < Side; y++)
            lines.AsSpan((y * (1 + Side)) + 1, Side).Fill((byte)y);
        GrayImage image = GrayImage.Decode("x", PngBytes.File(PngBytes.Header(Side, Side, 8, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib(lines)), PngBytes.End));
        image.Pixels.Length.ShouldBe(Side * Side);
        for (int y = 0; y < Side; y++)
            image.Pixels.Slice(y * Side, Side).IndexOfAnyExcept((byte)y).ShouldBe(-1);
        Fault(PngBytes.File(PngBytes.Header(Side, Side, 8, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib([.. lines, 0])), PngBytes.End))
            .Message.ShouldContain("its data is longer than its 3000×3000 pixels need");
    }

    /// <summary>A zlib header with the bit FDICT (RFC 1950), its check bits right.</summary>
    [Fact]
    public void RefusesDataThatAsksForADictionary()
    {
        int flags = Enumerable.Range(0x20, 0x20).First(flags => ((0x78 << 8) + flags) % 31 == 0);
        byte[] packed = [0x78, (byte)flags, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1];
        Fault(PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Chunk("IDAT", packed), PngBytes.End))
            .Message.ShouldBe("x: its compressed data asks for a dictionary, which PNG does not have");
    }

    [Theory]
    [InlineData("FFD8FFE000104A46", "a JPEG")]
    [InlineData("474946383961", "a GIF")]
    [InlineData("52494646240000005745425056503820", "a WebP")]
    [InlineData("424D46000000", "a BMP")]
    [InlineData("49492A0008000000", "a TIFF")]
    [InlineData("4D4D002A00000008", "a TIFF")]
    [InlineData("000000206674797068656963", "a HEIC")]
    [InlineData("000000206674797061766966", "an AVIF")]
    [InlineData("255044462D312E37", "a PDF")]
    public void CallsOtherFormatsByTheirNames(string start, string format)
    {
        string path = folder.Write("photo.png", Convert.FromHexString(start));
        Should.Throw<DataFormatException>(() => GrayImage.Read(path)).Message.ShouldBe($"photo.png: it is {format}, not a PNG or PGM");
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("RIFF....WAVE")]
    [InlineData("hello, world")]
    public void SaysWhatItReadsWhereTheFormatIsUnknown(string text)
    {
        string path = folder.Write("x", Encoding.ASCII.GetBytes(text));
        Should.Throw<DataFormatException>(() => GrayImage.Read(path)).Message.ShouldBe("x: it begins neither as a PNG nor as a PGM or PPM file does; others are not read");
    }

    /// <summary>Larger than any array: were it read, that would fail.</summary>
    [Fact]
    public void LooksAtTheFirstBytesBeforeItReadsTheFile()
    {
        using (FileStream file = File.Create(folder["film.png"]))
        {
            file.Write([0xFF, 0xD8, 0xFF, 0xE0]);
            file.SetLength(3L << 30);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<DataFormatException>(() => GrayImage.Read(folder["film.png"])).Message.ShouldContain("it is a JPEG");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Small);
    }

    [Fact]
    public void RefusesAFileThatIsTooLargeForAnyImage()
    {
        using (FileStream file = File.Create(folder["x.pgm"]))
        {
            file.Write("P5"u8);
            file.SetLength((1L << 30) + 1);
        }
        Should.Throw<DataFormatException>(() => GrayImage.Read(folder["x.pgm"])).Message.ShouldBe("x.pgm: it has 1073741825 bytes; at most 1073741824 are read");
    }

    [Fact]
    public void AFolderIsNoImage() => Should.Throw<IOException>(() => GrayImage.Read(folder.Path)).Message.ShouldContain("is a folder");
}
