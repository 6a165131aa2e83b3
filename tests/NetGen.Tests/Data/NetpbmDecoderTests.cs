using System.Text;

namespace NetGen.Tests.Data;

public sealed class NetpbmDecoderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static byte[] Bytes(string header, params byte[] raster) => [.. Encoding.Latin1.GetBytes(header), .. raster];

    private static byte[] Levels(byte[] file) => GrayImage.Decode("digit.pgm", file).Pixels.ToArray();

    [Fact]
    public void ReadsPlainAndBinaryGreyAndColour()
    {
        Levels(Bytes("P2\n# a comment\n3 1 # another\n15\n0 15\t8")).ShouldBe([0, 255, 136]);
        Levels(Bytes("P5 3 1 255\n", 0, 35, 255)).ShouldBe([0, 35, 255]);
        Levels(Bytes("P5\n2 1\n65535\n", 0xFF, 0xFF, 0x80, 0x00)).ShouldBe([255, 128]);
        Levels(Bytes("P5\n2 1\n100\n", 50, 100)).ShouldBe([128, 255]);
        Levels(Bytes("P3 2 1 255 255 0 0  0 255 0")).ShouldBe([76, 150]);
        Levels(Bytes("P6 2 1 255\n", 0, 0, 255, 9, 9, 9)).ShouldBe([29, 9]);
    }

    /// <summary>The byte after the header's white space may look like a blank or a comment.</summary>
    [Fact]
    public void TakesTheRasterFromExactlyAfterTheHeader() => Levels(Bytes("P5 3 1 255\n", (byte)' ', (byte)'#', (byte)'\n')).ShouldBe([32, 35, 10]);

    [Theory]
    [InlineData("P1 1 1 1", "it is of kind P1; P2, P3, P5 and P6 are read")]
    [InlineData("P5", "its width is expected at byte 2, the file ends")]
    [InlineData("P5 2x", "its height is expected at byte 4, byte 78 is found")]
    [InlineData("P5 0 1 255\n", "it is 0×1 pixels")]
    [InlineData("P5 65537 1 255\n", "it is 65537×1 pixels; at most 65536 on a side are read")]
    [InlineData("P5 65536 1025 255\n", "it is 65536×1025 pixels; at most 67108864 are read")]
    [InlineData("P5 99999999999 1 255\n", "its width is above 2147483647")]
    [InlineData("P5 1 1 0\n0", "its largest value is 0")]
    [InlineData("P5 1 1 65536\n0", "its largest value is above 65535")]
    [InlineData("P5 2 2 255\nabc", "it is cut short: 2×2 pixels need 4 bytes, 3 follow the header")]
    [InlineData("P6 1 1 65535\nabcde", "it is cut short: 1×1 pixels need 6 bytes, 5 follow the header")]
    [InlineData("P2 2 1 255 7", "it is cut short: 2×1 pixels need at least 3 bytes")]
    [InlineData("P2 2 1 255 123 ", "a sample is expected at byte 15, the file ends")]
    [InlineData("P2 2 1 9 10 1", "a sample is 10, above the largest value 9")]
    [InlineData("P2 2 1 9 1 -1", "a sample is expected at byte 11, byte 2D is found")]
    [InlineData("", "it begins neither as a PNG nor as a PGM or PPM file does")]
    public void RefusesADamagedFile(string file, string fault) =>
        Should.Throw<DataFormatException>(() => Levels(Bytes(file))).Message.ShouldStartWith($"digit.pgm: {fault}");

    [Fact]
    public void WritesABinaryPgm()
    {
        new GrayImage(3, 1, [0, 10, 255]).WritePgm(folder["digit.pgm"]);
        File.ReadAllBytes(folder["digit.pgm"]).ShouldBe(Bytes("P5\n3 1\n255\n", 0, 10, 255));
        GrayImage.Read(folder["digit.pgm"]).Pixels.ToArray().ShouldBe([0, 10, 255]);
    }

    [Fact]
    public void RefusesPixelsThatAreNoImage()
    {
        Should.Throw<ArgumentException>(() => new GrayImage(2, 2, new byte[3])).Message.ShouldContain("2×2 has 4 pixels, 3 are given");
        Should.Throw<ArgumentOutOfRangeException>(() => new GrayImage(0, 2, []));
    }
}
