namespace NetGen.Tests.Data;

public sealed class PngDecoderTests
{
    private static readonly Dictionary<int, int> Channels = new() { [0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4 };

    /// <summary>Two pixels of grey.</summary>
    private static readonly byte[] Small = PngBytes.File(
        PngBytes.Header(2, 1, 8, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 10, 200])), PngBytes.End);

    public static TheoryData<int, int, bool, int, int> Kinds()
    {
        var kinds = new TheoryData<int, int, bool, int, int>();
        foreach ((int colour, int[] depths) in new (int, int[])[] { (0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) })
        {
            foreach (int depth in depths)
            {
                foreach (bool isInterlaced in (bool[])[false, true])
                {
                    foreach ((int width, int height) in new[] { (1, 1), (3, 2), (5, 9), (17, 11) })
                        kinds.Add(colour, depth, isInterlaced, width, height);
                }
            }
        }
        return kinds;
    }

    private static string Fault(params byte[] bytes)
    {
        DataFormatException exception = Should.Throw<DataFormatException>(() => GrayImage.Decode("digit.png", bytes));
        exception.Message.ShouldStartWith("digit.png: ");
        return exception.Message;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ReadsEveryKind(int colour, int depth, bool isInterlaced, int width, int height)
    {
        var random = new Random(width * 100 + depth);
        int channels = Channels[colour], largest = (1 << depth) - 1;
        int colours = colour == 3 ? Math.Min(1 << depth, 200) : 0;
        int[][] samples = [.. Enumerable.Range(0, height).Select(_ =>
            Enumerable.Range(0, width * channels).Select(_ => random.Next(colour == 3 ? colours : largest + 1)).ToArray())];
        byte[] palette = new byte[3 * colours];
        random.NextBytes(palette);

        byte[] data = PngBytes.Zlib(isInterlaced ? PngBytes.InterlacedLines(samples, depth, channels) : PngBytes.Lines(samples, depth, channels));
        GrayImage image = GrayImage.Decode("digit.png", PngBytes.File(
            PngBytes.Header(width, height, depth, colour, isInterlaced),
            PngBytes.Chunk("gAMA", [0, 0, 177, 143]),
            colours > 0 ? PngBytes.Chunk("PLTE", palette) : [],
            PngBytes.Chunk("IDAT", data[..(data.Length / 2)]),
            PngBytes.Chunk("IDAT", data[(data.Length / 2)..]),
            PngBytes.End));

        image.Width.ShouldBe(width);
        image.Height.ShouldBe(height);
        for (int i = 0; i < width * height; i++)
        {
            double[] pixel = [.. samples[i / width].Skip(i % width * channels).Take(channels).Select(sample => sample * 255.0 / largest)];
            if (colour == 3)
                pixel = [.. palette.Skip(3 * samples[i / width][i % width]).Take(3).Select(level => (double)level)];
            double level = pixel.Length < 3 ? pixel[0] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
            double alpha = pixel.Length % 2 == 0 ? pixel[^1] / 255 : 1;
            double expected = level * alpha + 255 * (1 - alpha);
            // Each of the three steps rounds: 16 to 8 bits, colour to grey, ink to paper.
            ((double)image.Pixels[i]).ShouldBe(expected, pixel.Length == 1 ? 0.5 : 1.6);
        }
    }

    [Fact]
    public void TransparentColoursAreWhitePaper()
    {
        GrayImage.Decode("x", PngBytes.File(
            PngBytes.Header(2, 1, 8, 0), PngBytes.Chunk("tRNS", [0, 10]), PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 10, 200])), PngBytes.End))
            .Pixels.ToArray().ShouldBe([255, 200]);
        GrayImage.Decode("x", PngBytes.File(
            PngBytes.Header(2, 1, 8, 2), PngBytes.Chunk("tRNS", [0, 1, 0, 2, 0, 3]), PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 1, 2, 3, 9, 9, 9])), PngBytes.End))
            .Pixels.ToArray().ShouldBe([255, 9]);
        GrayImage.Decode("x", PngBytes.File(
            PngBytes.Header(3, 1, 8, 3), PngBytes.Chunk("PLTE", [9, 9, 9, 8, 8, 8, 0, 0, 0]), PngBytes.Chunk("tRNS", [0, 255]),
            PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 0, 1, 2])), PngBytes.End))
            .Pixels.ToArray().ShouldBe([255, 8, 0]);
    }

    [Fact]
    public void RefusesAFileCutShortAnywhere()
    {
        for (int length = 0; length < Small.Length; length++)
            Fault(Small[..length]);
        GrayImage.Decode("x", Small).Pixels.ToArray().ShouldBe([10, 200]);
    }

    [Fact]
    public void NoticesEveryChangedByte()
    {
        for (int i = 0; i < Small.Length; i++)
        {
            byte[] damaged = [.. Small];
            damaged[i] ^= 0x11;
            Fault(damaged);
        }
    }

    [Fact]
    public void TellsWhichChunkIsDamaged()
    {
        byte[] damaged = [.. Small];
        damaged[^13] ^= 1;
        Fault(damaged).ShouldContain("its chunk IDAT at byte 33 is damaged: the sum ");
    }

    [Theory]
    [InlineData(0, 1, 8, 0, "it is 0×1 pixels; at least 1×1 is expected")]
    [InlineData(65536, 65536, 8, 0, "it is 65536×65536 pixels; at most 67108864 are read")]
    [InlineData(1, 1, 3, 0, "colour type 0 with 3 bits, which PNG does not have")]
    [InlineData(1, 1, 4, 2, "colour type 2 with 4 bits")]
    [InlineData(1, 1, 16, 3, "colour type 3 with 16 bits")]
    [InlineData(1, 1, 8, 1, "colour type 1 with 8 bits")]
    public void RefusesAWrongHeader(int width, int height, int depth, int colour, string fault) =>
        Fault(PngBytes.File(PngBytes.Header(width, height, depth, colour), PngBytes.End)).ShouldContain(fault);

    [Fact]
    public void RefusesChunksThatAreNotWhereTheyBelong()
    {
        byte[] header = PngBytes.Header(1, 1, 8, 0), data = PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 1]));
        Fault(PngBytes.File(data, PngBytes.End)).ShouldContain("its first chunk is IDAT; IHDR is expected");
        Fault(PngBytes.File(header, header, data, PngBytes.End)).ShouldContain("its chunk IHDR at byte 33");
        Fault(PngBytes.File(header, PngBytes.Chunk("NEWS", []), data, PngBytes.End)).ShouldContain("its chunk NEWS at byte 33 is unknown");
        Fault(PngBytes.File(header, data, PngBytes.Chunk("tEXt", []), data, PngBytes.End)).ShouldContain("its chunk IDAT at byte");
        Fault(PngBytes.File(PngBytes.Chunk("IHDR", [0]))).ShouldContain("its IHDR chunk has 1 bytes; 13 are expected");
    }

    [Theory]
    [InlineData(new byte[] { 0 }, "its data is cut short")]
    [InlineData(new byte[] { }, "its data is cut short")]
    [InlineData(new byte[] { 0, 1, 2 }, "its data is longer than its 1×1 pixels need")]
    [InlineData(new byte[] { 5, 1 }, "a line has filter 5; 0..4 are known")]
    public void RefusesDataOfTheWrongLengthOrFilter(byte[] lines, string fault) =>
        Fault(PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib(lines)), PngBytes.End)).ShouldContain(fault);

    [Fact]
    public void RefusesDataThatIsNotCompressedRight() =>
        Fault(PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Chunk("IDAT", [1, 2, 3, 4, 5, 6]), PngBytes.End)).ShouldContain("its compressed data is damaged");

    [Fact]
    public void RefusesAPaletteThatDoesNotFit()
    {
        byte[] data = PngBytes.Chunk("IDAT", PngBytes.Zlib([0, 0b1000_0000]));
        Fault(PngBytes.File(PngBytes.Header(1, 1, 1, 3), data, PngBytes.End)).ShouldContain("its palette has 0 colours; 1 to 2 are expected");
        Fault(PngBytes.File(PngBytes.Header(1, 1, 1, 3), PngBytes.Chunk("PLTE", new byte[9]), data, PngBytes.End)).ShouldContain("its palette has 3 colours");
        Fault(PngBytes.File(PngBytes.Header(1, 1, 1, 3), PngBytes.Chunk("PLTE", new byte[4]), data, PngBytes.End)).ShouldContain("its PLTE chunk has 4 bytes");
        Fault(PngBytes.File(PngBytes.Header(1, 1, 1, 3), PngBytes.Chunk("PLTE", new byte[3]), data, PngBytes.End)).ShouldContain("a pixel has colour 1, its palette has 1");
        Fault(PngBytes.File(PngBytes.Header(1, 1, 1, 3), PngBytes.Chunk("PLTE", new byte[6]), PngBytes.Chunk("tRNS", new byte[3]), data, PngBytes.End))
            .ShouldContain("its tRNS chunk has 3 bytes for a palette of 2 colours");
    }
}
