namespace NetGen.Tests.Data;

/// <summary>Images of a user's own, in a folder per class.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ClassesAreFoldersAndSamplesComeInTheOrderOfTheirNames()
    {
        Gray("rose/b.pgm", 1, 1, 51);
        Gray("rose/a.pgm", 1, 1, 102);
        Gray("lily/c.pgm", 1, 1, 255);
        Gray("lily/more/a.pgm", 1, 1, 0);
        Gray("lily/.hidden.pgm", 1, 1, 9);
        File.WriteAllText(folder["notes.txt"], "not an image, and in no class");
        DataSet data = DataSet.FromFolder(folder.Path, [1, 1, 1]);
        data.ClassNames.ShouldBe(["lily", "rose"]);
        data.Labels.ToArray().ShouldBe([0, 0, 1, 1]);
        data.Inputs.ToArray().ShouldBe([1, 0, 0.4f, 0.2f]);
        data.InputShape.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void ColoursComeChannelByChannel()
    {
        Write("a/x.ppm", "P3 2 1 255 255 0 51 0 102 0"u8);
        DataSet.FromFolder(folder.Path, [3, 1, 2]).Inputs.ToArray().ShouldBe([1, 0, 0, 0.4f, 0.2f, 0]);
        // 0.299 · 255 + 0.114 · 51 = 82.06, 0.587 · 102 = 59.87, rounded.
        DataSet.FromFolder(folder.Path, [1, 1, 2]).Inputs.ToArray().ShouldBe([82 / 255f, 60 / 255f]);
    }

    [Theory]
    [InlineData(7, 5, 7, 5, ImageFit.Crop)]
    [InlineData(9, 6, 3, 2, ImageFit.Stretch)]
    [InlineData(50, 31, 7, 11, ImageFit.Stretch)]
    [InlineData(50, 31, 7, 11, ImageFit.Crop)]
    [InlineData(31, 50, 16, 16, ImageFit.Crop)]
    [InlineData(4, 3, 9, 10, ImageFit.Stretch)]
    [InlineData(4, 3, 9, 10, ImageFit.Crop)]
    [InlineData(1, 1, 4, 5, ImageFit.Crop)]
    public void ImagesAreScaledAsTheFormulaSays(int width, int height, int toWidth, int toHeight, ImageFit fit)
    {
        var pixels = new byte[width * height];
        new Random(width).NextBytes(pixels);
        Gray("a/x.pgm", width, height, pixels);
        DataSet data = DataSet.FromFolder(folder.Path, [1, toHeight, toWidth], new() { Fit = fit });
        for (int y = 0; y < toHeight; y++)
        {
            for (int x = 0; x < toWidth; x++)
                ((double)data.Inputs[(y * toWidth) + x]).ShouldBe(Reference(pixels, width, height, toWidth, toHeight, fit, x, y), 1e-5);
        }
    }

    [Fact]
    public void OtherFormatsAreNamedOrDecodedByTheUser()
    {
        Write("cat/tom.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        Gray("cat/fritz.pgm", 1, 1, 51);
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1])).Message.ShouldBe("tom.jpg: it is a JPEG, not a PNG or PGM");
        var asked = new List<string>();
        DataSet data = DataSet.FromFolder(folder.Path, [1, 1, 1], new()
        {
            Decoder = path =>
            {
                asked.Add(path);
                return new RgbImage(1, 1, [255, 255, 255]);
            },
        });
        data.Inputs.ToArray().ShouldBe([0.2f, 1]);
        asked.ShouldBe([folder["cat/tom.jpg"]]);
        DataSet.FromFolder(folder.Path, [3, 1, 1], new() { Pattern = "*.pgm" }).Count.ShouldBe(1);
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1], new() { Decoder = _ => null! })).Message.ShouldContain("tom.jpg: FolderOptions.Decoder gave null");
    }

    [Fact]
    public void ATestSetTakesTheClassesOfTheTrainingSet()
    {
        Gray("rose/a.pgm", 1, 1, 0);
        FolderOptions options = new() { ClassNames = ["lily", "rose"] };
        DataSet data = DataSet.FromFolder(folder.Path, [1, 1, 1], options);
        data.Labels.ToArray().ShouldBe([1]);
        data.ClassCount.ShouldBe(2);
        Gray("tulip/a.pgm", 1, 1, 0);
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1], options)).Message.ShouldBe("tulip: it is none of the 2 classes of ClassNames");
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Should.Throw<DirectoryNotFoundException>(() => DataSet.FromFolder(folder["nowhere"], [1, 1, 1])).Message.ShouldContain("nowhere");
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1])).Message.ShouldContain("it holds no folders");
        Directory.CreateDirectory(folder["empty"]);
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1])).Message.ShouldBe("empty: it holds no images; at least one is expected for each class");
        Write("empty/broken.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Should.Throw<DataFormatException>(() => DataSet.FromFolder(folder.Path, [1, 1, 1])).Message.ShouldStartWith("broken.png: it is cut short");
        Should.Throw<ArgumentException>(() => DataSet.FromFolder(folder.Path, [2, 1, 1])).Message.ShouldContain("[2, 1, 1] is given");
        Should.Throw<ArgumentException>(() => DataSet.FromFolder(folder.Path, [28, 28])).Message.ShouldContain("[28, 28] is given");
    }

    [Fact]
    public void LinksThatLeadInCirclesArePassedOver()
    {
        Gray("a/x.pgm", 1, 1, 0);
        Directory.CreateSymbolicLink(folder["a/round"], folder["a"]);
        DataSet.FromFolder(folder.Path, [1, 1, 1]).Count.ShouldBe(1);
    }

    /// <summary>In one step over both dimensions, in double precision: a mean under a pyramid around the pixel's place in the source.</summary>
    private static double Reference(byte[] pixels, int width, int height, int toWidth, int toHeight, ImageFit fit, int x, int y)
    {
        double scaleX = (double)width / toWidth, scaleY = (double)height / toHeight;
        if (fit == ImageFit.Crop)
            scaleX = scaleY = Math.Min(scaleX, scaleY);
        double centreX = (width / 2.0) + ((x + 0.5 - (toWidth / 2.0)) * scaleX), centreY = (height / 2.0) + ((y + 0.5 - (toHeight / 2.0)) * scaleY);
        double sum = 0, weights = 0;
        for (int j = 0; j < height; j++)
        {
            for (int i = 0; i < width; i++)
            {
                double weight = Math.Max(0, 1 - (Math.Abs(i + 0.5 - centreX) / Math.Max(1, scaleX))) * Math.Max(0, 1 - (Math.Abs(j + 0.5 - centreY) / Math.Max(1, scaleY)));
                sum += weight * pixels[(j * width) + i] / 255;
                weights += weight;
            }
        }
        return sum / weights;
    }

    private void Gray(string name, int width, int height, params byte[] pixels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        new GrayImage(width, height, pixels).WritePgm(folder[name]);
    }

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], bytes);
    }
}
