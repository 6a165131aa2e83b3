namespace NetGen.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void WriteAll(string trainImages = "train-images-idx3-ubyte", string trainLabels = "train-labels-idx1-ubyte",
        string testImages = "t10k-images-idx3-ubyte", string testLabels = "t10k-labels-idx1-ubyte")
    {
        Write(trainImages, IdxBytes.Images(3));
        Write(trainLabels, IdxBytes.Labels(5, 0, 9));
        Write(testImages, IdxBytes.Images(2));
        Write(testLabels, IdxBytes.Labels(7, 2));

        void Write(string name, byte[] bytes) => folder.Write(name, name.EndsWith(".gz") ? IdxBytes.Compress(bytes) : bytes);
    }

    [Fact]
    public void ReadsImagesAndLabelsInEverySpelling()
    {
        WriteAll("train-images-idx3-ubyte.gz", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte.gz");
        (DataSet train, DataSet test) = Mnist.Load(folder.Path, normalize: false);
        train.InputShape.ShouldBe(new Shape(1, 28, 28));
        train.ClassCount.ShouldBe(10);
        train.Labels.ToArray().ShouldBe([5, 0, 9]);
        test.Labels.ToArray().ShouldBe([7, 2]);
        train.Sample(2)[13].ShouldBe(((2 * 784 + 13) * 7 % 256) / 255f);
    }

    [Fact]
    public void NormalizesAsPyTorchsExamplesDo()
    {
        WriteAll();
        float raw = Mnist.Load(folder.Path, normalize: false).Train.Sample(1)[100];
        Mnist.Load(folder.Path).Train.Sample(1)[100].ShouldBe((raw - 0.1307f) / 0.3081f);
    }

    [Fact]
    public void RefusesLabelsOfADifferentCount()
    {
        WriteAll();
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(1, 2));
        Should.Throw<DataFormatException>(() => Mnist.Load(folder.Path)).Message
            .ShouldBe("train-labels-idx1-ubyte: a label is expected for each of the 3 images of train-images-idx3-ubyte, 2 are found");
    }

    [Fact]
    public void RefusesALabelOutOfRange()
    {
        WriteAll();
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(1, 10));
        Should.Throw<DataFormatException>(() => Mnist.Load(folder.Path)).Message.ShouldBe("t10k-labels-idx1-ubyte: label 1 is 10; 0..9 are expected");
    }

    [Fact]
    public void RefusesImagesOfAnotherSizeAndLabelsInTheirPlace()
    {
        WriteAll();
        folder.Write("t10k-images-idx3-ubyte", IdxBytes.Images(2, side: 27));
        Should.Throw<DataFormatException>(() => Mnist.Load(folder.Path)).Message.ShouldBe("t10k-images-idx3-ubyte: images of 28×28 are expected, N×28×28; 2×27×27 is found");
        folder.Write("t10k-images-idx3-ubyte", IdxBytes.Images(2));
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Images(2));
        Should.Throw<DataFormatException>(() => Mnist.Load(folder.Path)).Message.ShouldContain("a list of labels is expected, one dimension; 2×28×28 is found");
    }

    [Fact]
    public void SaysWhatIsMissing()
    {
        Should.Throw<DirectoryNotFoundException>(() => Mnist.Load(folder["none"])).Message.ShouldContain(folder["none"]);
        WriteAll();
        File.Delete(folder["t10k-labels-idx1-ubyte"]);
        Should.Throw<FileNotFoundException>(() => Mnist.Load(folder.Path)).Message
            .ShouldEndWith("holds none of t10k-labels-idx1-ubyte, t10k-labels.idx1-ubyte, t10k-labels-idx1-ubyte.gz, t10k-labels.idx1-ubyte.gz.");
    }

    [Fact]
    public void KeepsDownloadsUnderTheUsersOwnData()
    {
        Mnist.DefaultFolder.ShouldEndWith(Path.Combine("NetGen", "mnist"));
        FashionMnist.DefaultFolder.ShouldEndWith(Path.Combine("NetGen", "fashion-mnist"));
        Path.IsPathFullyQualified(Mnist.DefaultFolder).ShouldBeTrue();
        Mnist.DefaultMirrors.Concat(FashionMnist.DefaultMirrors).ShouldAllBe(mirror => mirror.AbsoluteUri.EndsWith('/'));
    }
}
