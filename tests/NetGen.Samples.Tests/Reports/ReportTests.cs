using System.Globalization;
using System.Xml.Linq;
using NetGen.Reports;

namespace NetGen.Samples.Tests.Reports;

/// <summary>What a page says and shows, read back from it.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Hostile = "</td><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u0000\u0007\uD800\u202Eevil";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhateverTextsHoldIsText()
    {
        var image = new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]);
        Report report = new Report(Hostile).Heading(Hostile).Text(Hostile).Table(Hostile, [Hostile], [[Hostile]]).Image(Hostile, image).Images(Hostile, [(image, Hostile)])
            .ConfusionMatrix(new[,] { { 1 } }, [Hostile]).Plot(new Plot(Hostile, Series.Of(Hostile, [1, 2])) { XLabel = Hostile, YLabel = Hostile });
        var page = new Page(report);
        page.All("script").ShouldBeEmpty();
        page.All("img").Count().ShouldBe(2);
        page.Attributes.ShouldAllBe(attribute => !attribute.Name.LocalName.StartsWith("on"));
        string shown = Hostile.Replace('\u0000', '\uFFFD').Replace('\u0007', '\uFFFD').Replace('\uD800', '\uFFFD').Replace('\u202E', '\uFFFD');
        page.All("h1").Single().Value.ShouldBe(shown);
        page.All("p").First().Value.ShouldBe(shown);
        page.All("td").First().Value.ShouldBe(shown);
        page.All("img").Last().Attribute("alt")!.Value.ShouldBe(shown);
        page.All("figcaption").Single().Value.ShouldBe(shown);
        page.All("li").Select(item => item.Value).ShouldContain(shown);
    }

    [Fact]
    public void NothingIsLoadedFromElsewhere()
    {
        string html = Full().ToHtml();
        var page = new Page(html);
        foreach (XAttribute attribute in page.Attributes.Where(attribute => attribute.Name.LocalName is "src" or "href" or "data" or "action" or "srcset"))
            (attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/png;base64,")).ShouldBeTrue(attribute.Value);
        string style = page.All("style").Single().Value;
        style.ShouldNotContain("@import");
        style.ShouldNotContain("url(");
        style.ShouldContain("prefers-color-scheme: dark");
        page.All("script").ShouldBeEmpty();
        page.All("meta").Select(meta => meta.Attribute("content")?.Value).ShouldContain("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
        page.All("meta").Select(meta => meta.Attribute("content")?.Value).ShouldContain("width=device-width, initial-scale=1");
    }

    [Fact]
    public void AKeyboardReachesAllAndAReaderIsToldWhatPicturesShow()
    {
        var page = new Page(Full());
        string[] targets = [.. page.Attributes.Where(attribute => attribute.Name == "id").Select(attribute => attribute.Value)];
        targets.ShouldBeUnique();
        foreach (XElement link in page.All("a"))
            targets.ShouldContain(link.Attribute("href")!.Value[1..]);
        page.All("h2").Select(heading => heading.Value).ShouldBe(page.All("nav").Single().Descendants().Where(each => each.Name.LocalName == "a").Select(link => link.Value));
        page.All("table").ShouldAllBe(table => table.Parent!.Attribute("tabindex")!.Value == "0" && table.Parent.Attribute("aria-label")!.Value.Length > 0);
        page.All("img").ShouldAllBe(image => image.Attribute("alt")!.Value.Length > 0);
        page.All("svg").ShouldAllBe(picture => picture.Attribute("aria-hidden") != null || picture.Attribute("aria-label")!.Value.Length > 0);
        page.All("html").ShouldBeEmpty();
    }

    private static Report Full() => new Report("A page").Heading("One").Text("A text.").Table("Numbers", ["name", "n"], [["a", "1"], ["b", "2.5 %"]])
        .Heading("Two").Image("It", Picture.Grey([0, 1, 2, 3], 2, 2), 8).Plot(new Plot("Curves", Series.Of("one", [1, 2, 3])));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void CurvesAreWhereTheNumbersSay(bool logX, bool logY)
    {
        var random = new Random(5);
        foreach (double size in (double[])[1e-6, 0.3, 1, 40, 1e7])
        {
            double[] x = [.. Enumerable.Range(1, 40).Select(i => size * i)], y = [.. x.Select(_ => size * ((logY ? 0.01 : -0.5) + random.NextDouble()))];
            var plot = new Plot("it", new Series("one", [.. x], [.. y]), new Series("other", [.. x], [.. y.Select(value => value / 2)])) { LogX = logX, LogY = logY };
            (double X, double Y)[][] curves = new Page(Ticks(new Report("p").Plot(plot).ToHtml(), logX, logY)).Curves(0);
            curves.Length.ShouldBe(2);
            double across = logX ? Math.Log10(x[^1] / x[0]) : x[^1] - x[0], up = logY ? 2.1 : y.Max() - y.Min();
            for (var i = 0; i < x.Length; i++)
            {
                curves[0][i].X.ShouldBe(logX ? Math.Log10(x[i]) : x[i], across / 2000);
                curves[0][i].Y.ShouldBe(logY ? Math.Log10(y[i]) : y[i], up / 1000);
                curves[1][i].Y.ShouldBe(logY ? Math.Log10(y[i] / 2) : y[i] / 2, up / 1000);
            }
        }

        // Places on a logarithmic axis are proportional to logarithms.
        static string Ticks(string html, bool logX, bool logY)
        {
            foreach ((string axis, bool isLog) in ((string, bool)[])[("x", logX), ("y", logY)])
            {
                if (isLog)
                {
                    html = System.Text.RegularExpressions.Regex.Replace(html, $"(class=\"tick {axis}\"[^>]*>)([^<]*)<",
                        match => $"{match.Groups[1].Value}{Math.Log10(Page.Number(match.Groups[2].Value)).ToString("R", CultureInfo.InvariantCulture)}<");
                }
            }
            return html;
        }
    }

    [Fact]
    public void GapsAreGapsAndExtremesAreDrawn()
    {
        double nan = double.NaN, infinity = double.PositiveInfinity;
        var page = new Page(new Report("p").Plot(new Plot("gaps", Series.Of("a", [1, 2, nan, 4, infinity, 6, 7]), Series.Of("none", [nan, nan]), Series.Of("empty", []))));
        (double X, double Y)[][] curves = page.Curves(0);
        curves[0].Select(point => Math.Round(point.X, 2)).ShouldBe([1, 2, 4, 6, 7]);
        curves[1].ShouldBeEmpty();
        double[][] hard =
        [
            [], [0], [0, 0], [5, 5, 5], [-3], [double.MaxValue, double.MinValue], [double.Epsilon, 0], [1e300, 1e-300], [1, 1 + 1e-15], [nan], [infinity, -infinity], [-1, -2],
        ];
        foreach (double[] values in hard)
        {
            foreach (bool log in (bool[])[false, true])
            {
                string html = new Report("p").Plot(new Plot("hard", Series.Of("a", values)) { LogX = log, LogY = log }).ToHtml();
                _ = new Page(html);
                html.Length.ShouldBeLessThan(60_000);
                html.ShouldNotContain(" NaN");
                html.ShouldNotContain("∞\"");
            }
        }
        Should.Throw<ArgumentException>(() => new Report("p").Plot(new Plot("uneven", new Series("u", [1, 2], [1]))));
        Should.Throw<ArgumentException>(() => new Report("p").Plot(new Plot("many", [.. Enumerable.Range(0, 17).Select(i => Series.Of($"{i}", [1]))])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    [InlineData(40, 10)]
    [InlineData(30, 1000)]
    [InlineData(1, int.MaxValue)]
    public void LearningRatesAreDrawnWhereTheSchedulesSay(int epochs, int stepsPerEpoch)
    {
        const double Most = 4e-3;
        (string, LearningRate Rate)[] schedules =
        [
            ("one cycle", LearningRate.OneCycle(Most)), ("steps", LearningRate.StepDecay(Most, epochs: 2)), ("constant", LearningRate.Constant(Most / 2)),
            ("warm-up and cosine", LearningRate.Warmup(Most, epochs: 3).Then(LearningRate.CosineAnnealing(Most))), ("plateau", LearningRate.ReduceOnPlateau(Most)),
        ];
        var page = new Page(new Report("p").LearningRates(epochs, stepsPerEpoch, schedules));
        (double X, double Y)[][] curves = page.Curves(0);
        int steps = epochs * stepsPerEpoch, shown = Math.Min(400, steps);
        curves.Length.ShouldBe(schedules.Length);
        for (var i = 0; i < curves.Length; i++)
        {
            curves[i].Length.ShouldBe(shown);
            for (var point = 0; point < shown; point++)
            {
                var step = (int)((long)point * (steps - 1) / Math.Max(1, shown - 1));
                curves[i][point].X.ShouldBe((double)step / stepsPerEpoch, epochs / 1000.0);
                curves[i][point].Y.ShouldBe(schedules[i].Rate.At(step, stepsPerEpoch, epochs), Most / 1000);
            }
        }
    }

    [Fact]
    public void LearningRatesOfNoRunAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Report("p").LearningRates(0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Report("p").LearningRates(1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new Report("p").LearningRates(2, int.MaxValue));
        Should.Throw<ArgumentNullException>(() => new Report("p").LearningRates(1, 1, ("none", null!)));
        Should.Throw<ArgumentException>(() => new Report("p").LearningRates(1, 1, [.. Enumerable.Repeat(("one of many", LearningRate.Constant(1)), 17)]));
    }

    [Fact]
    public void TheConfusionMatrixAndItsRatesAreTheCounts()
    {
        var page = new Page(new Report("p").ConfusionMatrix(new[,] { { 8, 2, 0 }, { 1, 4, 0 }, { 0, 0, 0 } }, ["cat", "dog", "owl"]));
        XElement[] tables = [.. page.All("table")];
        Cells(tables[0]).ShouldBe(["8", "2", "·", "1", "4", "·", "·", "·", "·"]);
        tables[0].Descendants().Where(cell => cell.Name.LocalName == "td").Select(cell => cell.Attribute("style")!.Value).Take(4).ShouldBe(["--share:0.8", "--share:0.2", "--share:0", "--share:0.2"]);
        Cells(tables[1]).ShouldBe(["cat", "10", "88.9 %", "80.0 %", "84.2 %", "dog", "5", "66.7 %", "80.0 %", "72.7 %", "owl", "0", "–", "–", "–"]);
        Should.Throw<ArgumentException>(() => new Report("p").ConfusionMatrix(new int[2, 3]));
        Should.Throw<ArgumentException>(() => new Report("p").ConfusionMatrix(new int[2, 2], ["one"]));
        Should.Throw<ArgumentException>(() => new Report("p").ConfusionMatrix(new[,] { { -1 } }));
        Should.Throw<ArgumentException>(() => new Report("p").Table("t", ["a", "b"], [["1"]]));
        Should.Throw<ArgumentOutOfRangeException>(() => new Report("p").Image("i", Picture.Grey([0], 1, 1), 0));

        static string[] Cells(XElement table) => [.. table.Descendants().Where(cell => cell.Name.LocalName == "td").Select(cell => cell.Value)];
    }

    [Fact]
    public void PicturesAreTheNumbers()
    {
        Picture.Grey([0, 1, 2, 4], 2, 2).Pixels.ToArray().ShouldBe([0, 0, 0, 64, 64, 64, 128, 128, 128, 255, 255, 255]);
        Picture.Grey([-1, float.NaN, 5, 2], 1, 4, 1, 3).Pixels.ToArray().ShouldBe([0, 0, 0, 0, 0, 0, 255, 255, 255, 128, 128, 128]);
        Picture.Signed([0, -2, 2], 1, 3).Pixels.ToArray().ShouldBe([255, 255, 255, 0, 26, 255, 255, 26, 0]);
        Picture.Signed([0, 0], 1, 2).Pixels.ToArray().ShouldAllBe(level => level == 255);
        Picture.Colour([0, 1, 0.2f, 0.4f, 1, 0], 1, 2).Pixels.ToArray().ShouldBe([0, 51, 255, 255, 102, 0]);
        Picture.Row(Picture.Grey([0, 1], 2, 1), Picture.Grey([1, 0, 0, 1], 2, 2)).Pixels.ToArray().Where((_, i) => i % 3 == 0).ShouldBe([0, 128, 128, 255, 0, 255, 128, 128, 0, 255]);
        Should.Throw<ArgumentException>(() => Picture.Row());
        Should.Throw<ArgumentException>(() => Picture.Row(Picture.Grey([0, 1], 2, 1), Picture.Grey([0, 1], 1, 2)));
        Should.Throw<ArgumentException>(() => Picture.Grey([1, 2, 3], 2, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => Picture.Signed([], 0, 1));
        new Page(new Report("p").Image("it", Picture.Grey([0, 1, 2, 4], 2, 2), zoom: 8)).Images.Single().Pixels.ToArray().ShouldBe(Picture.Grey([0, 1, 2, 4], 2, 2).Pixels.ToArray());
    }

    [Fact]
    public void ATrainedNetworkIsShownAsItIs()
    {
        (DataSet train, DataSet test) = DrawnDigits.Create(seed: 3, train: 1000, test: 200);
        var net = new ModelZoo.ConvNet(seed: 1);
        using Trainer trainer = net.CreateTrainer(new AdamW(), Loss.CrossEntropy, batch: 32, threads: 1);
        History history = trainer.Fit(train, 2, test, LearningRate.OneCycle(4e-3));
        var page = new Page(new Report("ConvNet").Curves(history).Classification(net, test, mistakes: 5).Filters(net.Parameters["conv1.weight"]).Filters(net.Parameters["conv2.weight"])
            .Activations(net, "conv1", test.Sample(0)).Layers(net).Timings(net, 1, 16));

        // Loss, accuracy, rate, in this order; two curves but for the rate.
        page.Curves(0)[0].Select(point => point.Y).ShouldBe(history.Select(epoch => epoch.TrainLoss), 0.01);
        page.Curves(0)[1].Select(point => point.Y).ShouldBe(history.Select(epoch => epoch.ValidationLoss!.Value), 0.01);
        page.Curves(1)[1].Select(point => point.Y).ShouldBe(history.Select(epoch => epoch.ValidationAccuracy!.Value), 0.005);
        page.Curves(2)[0].Select(point => point.Y).ShouldBe(history.Select(epoch => epoch.LearningRate), 1e-5);

        var answers = new int[test.Count];
        net.Classify(test.Inputs, answers);
        XElement[] cells = [.. page.All("td").Where(cell => cell.Attribute("style") != null)];
        for (var label = 0; label < 10; label++)
        {
            for (var answer = 0; answer < 10; answer++)
            {
                int count = Enumerable.Range(0, test.Count).Count(i => test.Labels[i] == label && answers[i] == answer);
                cells[(label * 10) + answer].Value.ShouldBe(count == 0 ? "·" : $"{count}");
            }
        }
        int wrong = Math.Min(5, Enumerable.Range(0, test.Count).Count(i => test.Labels[i] != answers[i])), filters = 6 + 64, maps = 6;
        page.Images.Length.ShouldBe(wrong + filters + maps);
        float[] first = net.Parameters["conv1.weight"].Values.ToArray()[..25];
        page.Images[wrong].Pixels.ToArray().ShouldBe(Picture.Signed(first, 5, 5).Pixels.ToArray());
        string text = string.Join(" ", page.All("td").Select(cell => cell.Value));
        text.ShouldContain("conv2 [16, 4, 4] 2,416");
        page.All("p").Select(caption => caption.Value).ShouldContain("ConvNet: 25,010 parameters, 82,344 multiply-adds for a sample.");
        Should.Throw<ArgumentException>(() => new Report("p").Filters(net.Parameters["linear1.weight"]));
        Should.Throw<ArgumentException>(() => new Report("p").Activations(net, "linear1", test.Sample(0)));
        Should.Throw<ArgumentException>(() => new Report("p").Classification(net, new DataSet([1, 28, 28], new float[784], new int[1], 9)));
    }

    [Fact]
    public void APageIsWrittenWholeOrNotAtAll()
    {
        File.WriteAllText(folder["page.html"], "old");
        Full().Save(folder["page.html"]);
        File.ReadAllText(folder["page.html"]).ShouldBe(Full().ToHtml());
        Should.Throw<IOException>(() => Full().Save(Path.Combine(folder["none"], "page.html")));
        Directory.CreateDirectory(folder["folder"]);
        Should.Throw<Exception>(() => Full().Save(folder["folder"])).ShouldSatisfyAllConditions(fault => (fault is IOException or UnauthorizedAccessException).ShouldBeTrue());
        Should.Throw<ArgumentException>(() => Full().Save(""));
        Directory.GetFiles(Path.GetDirectoryName(folder["page.html"])!).ShouldBe([folder["page.html"]]);
    }
}
