namespace NetGen.Tests.Data;

public sealed class PngEncoderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 5)]
    [InlineData(40, 31)]
    [InlineData(257, 64)]
    public void WhatIsWrittenIsReadBack(int width, int height)
    {
        var random = new Random(width);
        foreach (int kind in (int[])[0, 1, 2])
        {
            byte[] gray = [.. Enumerable.Range(0, width * height).Select(i => kind == 0 ? (byte)200 : kind == 1 ? (byte)((i % width) + (3 * (i / width))) : (byte)random.Next(256))];
            byte[] colour = [.. gray.SelectMany(level => new[] { level, (byte)(255 - level), (byte)(level / 3) })];
            new GrayImage(width, height, gray).WritePng(folder["gray.png"]);
            new RgbImage(width, height, colour).WritePng(folder["colour.png"]);
            GrayImage.Read(folder["gray.png"]).Pixels.ToArray().ShouldBe(gray);
            RgbImage read = RgbImage.Read(folder["colour.png"]);
            (read.Width, read.Height).ShouldBe((width, height));
            read.Pixels.ToArray().ShouldBe(colour);
            RgbImage.Decode("it", new RgbImage(width, height, colour).ToPng()).Pixels.ToArray().ShouldBe(colour);
        }
    }

    [Fact]
    public void EvenImagesTakeFewBytes() => new RgbImage(1000, 1000, new byte[3_000_000]).ToPng().Length.ShouldBeLessThan(10_000);
}
