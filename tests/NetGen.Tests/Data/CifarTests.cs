namespace NetGen.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private const int Pixels = 3072;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Records of these labels; level i of image n is (i + 40n) % 251.</summary>
    internal static byte[] Records(params byte[][] labels) =>
        [.. labels.SelectMany((bytes, image) => (byte[])[.. bytes, .. Enumerable.Range(0, Pixels).Select(i => (byte)((i + (40 * image)) % 251))])];

    private void WriteTen(string ending = ".bin", string test = "test_batch", string within = "")
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, within));
        for (byte batch = 1; batch <= 5; batch++)
            Write($"data_batch_{batch}", Records([batch], [0]));
        Write(test, Records([9], [7], [2]));

        void Write(string name, byte[] bytes) => folder.Write(Path.Combine(within, name + ending), ending.EndsWith(".gz") ? IdxBytes.Compress(bytes) : bytes);
    }

    [Theory]
    [InlineData(".bin", "test_batch", "")]
    [InlineData(".bin.gz", "test_batch_first1000", "")]
    [InlineData(".bin", "test_batch", "cifar-10-batches-bin")]
    public void ReadsImagesAndLabelsInEverySpelling(string ending, string test, string within)
    {
        WriteTen(ending, test, within);
        (DataSet train, DataSet held) = Cifar10.Load(folder.Path, normalize: false);
        train.InputShape.ShouldBe(new Shape(3, 32, 32));
        train.Labels.ToArray().ShouldBe([1, 0, 2, 0, 3, 0, 4, 0, 5, 0]);
        held.Labels.ToArray().ShouldBe([9, 7, 2]);
        train.ClassNames[train.Labels[0]].ShouldBe("automobile");
        held.Sample(2).ToArray().ShouldBe(Enumerable.Range(0, Pixels).Select(i => ((i + 80) % 251) / 255f));
    }

    [Fact]
    public void NormalizesEveryChannelByItsOwnMeanAndDeviation()
    {
        WriteTen();
        float[] raw = Cifar10.Load(folder.Path, normalize: false).Train.Sample(1).ToArray(), normalized = Cifar10.Load(folder.Path).Train.Sample(1).ToArray();
        for (var i = 0; i < Pixels; i++)
            normalized[i].ShouldBe((raw[i] - Cifar10.Mean[i / 1024]) / Cifar10.Std[i / 1024]);
    }

    [Fact]
    public void TheFineLabelsOfCifar100AreTheClasses()
    {
        folder.Write("train.bin", Records([3, 99], [19, 0]));
        folder.Write("test.bin", Records([0, 12]));
        (DataSet train, DataSet test) = Cifar100.Load(folder.Path, normalize: false);
        train.Labels.ToArray().ShouldBe([99, 0]);
        test.Labels.ToArray().ShouldBe([12]);
        train.Sample(0)[1].ShouldBe(1 / 255f);
        Cifar100.ClassNames.Length.ShouldBe(100);
        Cifar100.ClassNames.ShouldBe(Cifar100.ClassNames.Order(StringComparer.Ordinal));
        train.ClassNames[99].ShouldBe("worm");
    }

    [Fact]
    public void SaysWhatIsMissing()
    {
        Should.Throw<DirectoryNotFoundException>(() => Cifar10.Load(folder["none"])).Message.ShouldContain(folder["none"]);
        WriteTen();
        File.Delete(folder["data_batch_3.bin"]);
        Should.Throw<FileNotFoundException>(() => Cifar10.Load(folder.Path)).Message.ShouldEndWith("holds none of data_batch_3.bin, data_batch_3.bin.gz.");
        WriteTen();
        File.Delete(folder["test_batch.bin"]);
        folder.Write("test_batch_notes.bin.txt", [1]);
        Should.Throw<FileNotFoundException>(() => Cifar10.Load(folder.Path)).Message.ShouldEndWith("holds none of test_batch.bin, test_batch.bin.gz.");
    }

    [Fact]
    public void RefusesWhatIsNoCifarFile()
    {
        Refusal([]).ShouldContain("records of 3073 bytes are expected");
        Refusal(Records([1])[..^1]).ShouldContain("3072 bytes are found");
        Refusal([.. Records([1]), 0]).ShouldContain("3074 bytes are found");
        Refusal(Records([1], [10])).ShouldBe("test_batch.bin: the label of image 1 is 10; 0..9 are expected");
        Refusal(IdxBytes.Compress(Records([1]))[..^20]).ShouldContain("test_batch.bin: ");
        // A file that says it holds more than its packed bytes can.
        byte[] bomb = IdxBytes.Compress(Records([1]));
        bomb[^1] = 0x7F;
        Refusal(bomb).ShouldContain("it is not unpacked");
        // One whose size is forged, but not by as much.
        byte[] forged = IdxBytes.Compress(Records([1], [2]));
        BitConverter.GetBytes(3073).CopyTo(forged, forged.Length - 4);
        Refusal(forged).ShouldContain("test_batch.bin: ");
    }

    private string Refusal(byte[] test)
    {
        WriteTen();
        folder.Write("test_batch.bin", test);
        return Should.Throw<DataFormatException>(() => Cifar10.Load(folder.Path)).Message;
    }
}
