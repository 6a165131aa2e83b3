namespace NetGen.Tests.Data;

public sealed class RgbImageTests
{
    [Theory]
    [InlineData(2, "1 2 3 250 0 128", "1 2 3 250 0 128")]
    [InlineData(0, "7 200", "7 7 7 200 200 200")]
    [InlineData(4, "7 255 200 0", "7 7 7 255 255 255")]
    [InlineData(6, "10 20 30 255 1 2 3 0", "10 20 30 255 255 255")]
    [InlineData(3, "1 0", "4 5 6 1 2 3")]
    public void ReadsAPngInColour(int colour, string samples, string expected)
    {
        byte[] file = PngBytes.File(
            PngBytes.Header(2, 1, 8, colour), colour == 3 ? PngBytes.Chunk("PLTE", [1, 2, 3, 4, 5, 6]) : [],
            PngBytes.Chunk("IDAT", PngBytes.Zlib([0, .. Bytes(samples)])), PngBytes.End);
        RgbImage image = RgbImage.Decode("two.png", file);
        (image.Width, image.Height).ShouldBe((2, 1));
        image.Pixels.ToArray().ShouldBe(Bytes(expected));
    }

    [Theory]
    [InlineData("P3 2 1 255 1 2 3 250 0 128", "1 2 3 250 0 128")]
    [InlineData("P2 2 1 15 0 15", "0 0 0 255 255 255")]
    [InlineData("P6 1 2 255\nabcdef", "97 98 99 100 101 102")]
    public void ReadsNetpbmInColour(string file, string expected) =>
        RgbImage.Decode("two.ppm", System.Text.Encoding.ASCII.GetBytes(file)).Pixels.ToArray().ShouldBe(Bytes(expected));

    [Fact]
    public void RefusesWhatIsNoPicture()
    {
        Should.Throw<DataFormatException>(() => RgbImage.Decode("cat.png", [0xFF, 0xD8, 0xFF, 0xE0])).Message.ShouldBe("cat.png: it is a JPEG, not a PNG or PGM");
        Should.Throw<ArgumentException>(() => new RgbImage(2, 2, new byte[4])).Message.ShouldContain("12 bytes, 4 are given");
        // 8,000 × 8,000 black pixels from some 60 KB would be 192 MB.
        byte[] blank = PngBytes.File(
            PngBytes.Header(8000, 8000, 1, 0), PngBytes.Chunk("IDAT", PngBytes.Zlib(new byte[8000 * 1001])), PngBytes.End);
        Should.Throw<DataFormatException>(() => RgbImage.Decode("black.png", blank)).Message.ShouldContain("8000×8000 pixels in colour");
        GrayImage.Decode("black.png", blank).Width.ShouldBe(8000);
    }

    private static byte[] Bytes(string numbers) => [.. numbers.Split(' ').Select(byte.Parse)];
}
