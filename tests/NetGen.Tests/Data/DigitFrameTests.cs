namespace NetGen.Tests.Data;

public sealed class DigitFrameTests
{
    /// <summary>A filled rectangle on paper.</summary>
    private static GrayImage Rectangle(int side, int left, int top, int width, int height, byte paper, byte ink)
    {
        var pixels = new byte[side * side];
        pixels.AsSpan().Fill(paper);
        for (int y = top; y < top + height; y++)
            pixels.AsSpan(y * side + left, width).Fill(ink);
        return new(side, side, pixels);
    }

    private static void ShouldShowARectangle(byte[] framed, int left, int top, int width, int height)
    {
        for (int y = 0; y < 28; y++)
        {
            for (int x = 0; x < 28; x++)
            {
                bool isInside = x >= left && x < left + width && y >= top && y < top + height;
                framed[y * 28 + x].ShouldBe(isInside ? (byte)255 : (byte)0, $"at {x}, {y}");
            }
        }
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    [InlineData(40, 90)]
    [InlineData(200, 120)]
    public void FitsTheDigitInTheBoxWhateverItsInkAndPaper(byte paper, byte ink) =>
        ShouldShowARectangle(DigitFrame.Fit(Rectangle(200, 17, 90, 50, 100, paper, ink)), 9, 4, 10, 20);

    [Fact]
    public void NoImageIsRefused() => Should.Throw<ArgumentNullException>(() => Mnist.Prepare(null!)).ParamName.ShouldBe("image");

    [Fact]
    public void EnlargesASmallDigit() => ShouldShowARectangle(DigitFrame.Fit(Rectangle(9, 2, 1, 6, 3, 0, 255)), 4, 9, 20, 10);

    /// <summary>A triangle's centre of mass lies a third of its height above its base.</summary>
    [Fact]
    public void PutsTheCentreOfMassInTheMiddle()
    {
        const int Side = 80;
        var pixels = new byte[Side * Side];
        for (int y = 0; y < 60; y++)
            pixels.AsSpan((y + 10) * Side + 10, y + 1).Fill(255);
        byte[] framed = DigitFrame.Fit(new GrayImage(Side, Side, pixels));
        double mass = framed.Sum(pixel => pixel);
        framed.Select((pixel, i) => (double)pixel * (i % 28)).Sum().ShouldBe(14 * mass, 0.6 * mass);
        framed.Select((pixel, i) => (double)pixel * (i / 28)).Sum().ShouldBe(14 * mass, 0.6 * mass);
        // The box's middle is 3 pixels from there.
        Enumerable.Range(0, 28).Count(y => framed.AsSpan(28 * y, 28).ContainsAnyExcept((byte)0)).ShouldBe(20);
        framed.AsSpan(28 * 24).ContainsAnyExcept((byte)0).ShouldBeFalse("the base lies above the margin");
    }

    [Fact]
    public void PassesOverTheGrainOfThePaper()
    {
        var random = new Random(4);
        GrayImage clean = Rectangle(100, 30, 20, 30, 60, 230, 30);
        byte[] noisy = [.. clean.Pixels.ToArray().Select(pixel => (byte)(pixel + random.Next(-9, 10)))];
        byte[] framed = DigitFrame.Fit(new GrayImage(100, 100, noisy));
        int[] inked = [.. Enumerable.Range(0, framed.Length).Where(i => framed[i] > 200)];
        inked.Length.ShouldBe(200);
        (inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1).ShouldBe(10);
        (inked.Max(i => i / 28) - inked.Min(i => i / 28) + 1).ShouldBe(20);
        framed.Count(pixel => pixel == 0).ShouldBe(28 * 28 - 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void RefusesAnEmptyPage(byte paper) =>
        Should.Throw<ArgumentException>(() => Mnist.Prepare(Rectangle(30, 0, 0, 0, 0, paper, paper))).Message.ShouldContain("30×30 shows no digit");

    [Fact]
    public void ASinglePixelAndASingleLineAreDrawn()
    {
        ShouldShowARectangle(DigitFrame.Fit(Rectangle(50, 7, 9, 1, 1, 0, 200)), 4, 4, 20, 20);
        ShouldShowARectangle(DigitFrame.Fit(Rectangle(90, 40, 10, 1, 60, 0, 200)), 14, 4, 1, 20);
    }

    /// <summary>What was made by these steps stays as it is when they are taken again.</summary>
    [Fact]
    public void RealDigitsStayAsTheyAre()
    {
        if (RealData.Find("mnist") is not { } folder)
            return;
        DataSet test = Mnist.Load(folder, normalize: false).Test;
        int same = 0;
        double difference = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] pixels = [.. test.Sample(i).ToArray().Select(value => (byte)(value * 255 + 0.5f))];
            float[] prepared = Mnist.Prepare(new GrayImage(28, 28, pixels), normalize: false);
            double most = prepared.Zip(pixels, (a, b) => Math.Abs(a - b / 255f)).Max();
            same += most < 0.02 ? 1 : 0;
            difference += most;
        }
        same.ShouldBeGreaterThan(990, $"mean of the largest differences: {difference / 1000}");
    }
}
