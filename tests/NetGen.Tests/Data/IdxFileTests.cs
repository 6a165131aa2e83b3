namespace NetGen.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IdxFile Read(byte[] bytes) => IdxFile.Read(folder.Write("images", bytes));

    private string Fault(byte[] bytes)
    {
        DataFormatException exception = Should.Throw<DataFormatException>(() => Read(bytes));
        exception.FilePath.ShouldBe(folder["images"]);
        exception.Message.ShouldStartWith("images: ");
        return exception.Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsPlainAndCompressedFiles(bool isCompressed)
    {
        byte[] bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255];
        IdxFile file = Read(isCompressed ? IdxBytes.Compress(bytes) : bytes);
        file.Extents.ShouldBe([2, 3]);
        file.Values.ShouldBe([10, 20, 30, 40, 50, 255]);
    }

    [Fact]
    public void ReadsAnEmptyList() => Read(IdxBytes.Labels()).Values.ShouldBeEmpty();

    [Theory]
    [InlineData(new byte[] { 0, 0, 8 }, "begins with 4 bytes that tell its type; this one has 3 bytes")]
    [InlineData(new byte[] { 0x89, 0x50, 8, 1, 0, 0, 0, 0 }, "begins with two zero bytes, this one with 89 50")]
    [InlineData(new byte[] { 0, 0, 0x0D, 1, 0, 0, 0, 0 }, "unsigned bytes (type 08) are expected, 32-bit floats (type 0D) are found")]
    [InlineData(new byte[] { 0, 0, 0x42, 1, 0, 0, 0, 0 }, "a type that IDX does not know (type 42)")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "it has no dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0 }, "ends in the middle of its 2 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x80, 0, 0, 0 }, "its dimension 0 is 2147483648")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0 }, "its dimensions 65536×65536 make more values than")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 }, "make more values than")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "its dimensions 3 make 3 values")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x70, 0, 0, 0, 1, 2 }, "but the file is too small for them: it is cut short")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "make 1 values, but more bytes follow them")]
    public void RefusesADamagedFile(byte[] bytes, string fault)
    {
        Fault(bytes).ShouldContain(fault);
        Fault(IdxBytes.Compress(bytes));
    }

    [Fact]
    public void RefusesACompressedFileCutShortAnywhere()
    {
        byte[] whole = IdxBytes.Compress(IdxBytes.Images(2));
        for (int length = 2; length < whole.Length; length++)
            Fault(whole[..length]);
        Read(whole).Extents.ShouldBe([2, 28, 28]);
    }

    [Fact]
    public void RefusesACompressedFileWithAWrongSum()
    {
        byte[] bytes = IdxBytes.Compress(IdxBytes.Images(2));
        bytes[^5] ^= 1;
        Fault(bytes).ShouldContain("the gzip data is damaged");
    }

    [Fact]
    public void RefusesTrailingBytesInACompressedFile() => Fault(IdxBytes.Compress([.. IdxBytes.Labels(1, 2), 0])).ShouldContain("more bytes follow");

    /// <summary>A thousand times its size would come out of it.</summary>
    [Fact]
    public void DoesNotUnpackWhatWasMadeToFillTheMemory()
    {
        const int Values = 100 << 20;
        byte[] bomb = IdxBytes.Compress(IdxBytes.File([Values], new byte[Values]));
        string path = folder.Write("images", bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<DataFormatException>(() => IdxFile.Read(path)).Message
            .ShouldBe($"images: its dimensions {Values} make {Values} values, more than 32 times its compressed size and 32 MiB: it is not unpacked");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void AFolderIsNoFile() => Should.Throw<IOException>(() => IdxFile.Read(folder.Path)).Message.ShouldContain("is a folder");
}
