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

    /// <summary>torchvision 0.14's resize of a float tensor with antialias, then center_crop: values at places 7·j mod size, and the sum.</summary>
    [Theory]
    [InlineData(13, 9, 6, 4, 5, 30.477146, new[] { 0.462397, 0.417652, 0.403515, 0.550357, 0.568715, 0.574728, 0.540964, 0.544188, 0.447961, 0.486797, 0.370109, 0.315701 })]
    [InlineData(5, 8, 9, 7, 9, 91.71184, new[] { 0.667507, 0.267320, 0.310022, 0.352723, 0.395425, 0.138655, 0.572144, 0.112885, 0.585838, 0.875350, 0.475164, 0.517865 })]
    public void TheMiddleIsThatOfTorchvision(int width, int height, int shorterSide, int rows, int columns, double sum, double[] values)
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)((i / 3 % width * 37) + (i / 3 / width * 91) + (i % 3 * 53)))];
        float[] middle = new RgbImage(width, height, pixels).Middle(rows, columns, shorterSide);
        middle.Length.ShouldBe(3 * rows * columns);
        middle.Sum(value => (double)value).ShouldBe(sum, 1e-4);
        for (int j = 0; j < values.Length; j++)
            ((double)middle[7 * j % middle.Length]).ShouldBe(values[j], 1e-5);
    }

    [Fact]
    public void TheMiddleIsNoLargerThanTheScaledImage() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RgbImage(4, 4, new byte[48]).Middle(3, 5, shorterSide: 4)).ParamName.ShouldBe("shorterSide");

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
