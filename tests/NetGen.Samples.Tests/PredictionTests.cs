using MnistSample;

namespace NetGen.Samples.Tests;

/// <summary>What the sample makes of photographs.</summary>
public sealed class PredictionTests : IDisposable
{
    private const int Scale = 12;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static readonly Lazy<MnistSample.ConvNet> Trained = new(() =>
    {
        DataSet train = DrawnDigits.Create(seed: 1).Train;
        var network = new MnistSample.ConvNet(1);
        using Trainer trainer = network.CreateTrainer(new AdamW(), Loss.CrossEntropy, batch: 32);
        trainer.Fit(train, epochs: 3, schedule: LearningRate.OneCycle(5e-3));
        return network;
    });

    /// <summary>Light that falls from a side, a hand's shadow over a third, a lamp in the middle: a network must read the digits all the same.</summary>
    [Theory]
    [InlineData("even", false)]
    [InlineData("side", false)]
    [InlineData("side", true)]
    [InlineData("shadow", false)]
    [InlineData("lamp", false)]
    [InlineData("lamp", true)]
    public void Digits_are_read_in_uneven_light(string light, bool isLightInk)
    {
        DataSet digits = DrawnDigits.Create(seed: 5, train: 0, test: 20, normalize: false).Test;
        int right = 0;
        var outputs = new float[10];
        for (int i = 0; i < digits.Count; i++)
        {
            Trained.Value.Predict(Mnist.Prepare(EvenLight.Of(Photograph(digits.Sample(i), light, isLightInk))), outputs);
            right += outputs.AsSpan().IndexOf(outputs.Max()) == digits.Labels[i] ? 1 : 0;
        }
        right.ShouldBeGreaterThanOrEqualTo(18);
    }

    [Fact]
    public void Small_images_stay_as_they_are()
    {
        var image = new GrayImage(28, 28, new byte[784]);
        EvenLight.Of(image).ShouldBeSameAs(image);
    }

    [Fact]
    public void A_photograph_of_nothing_is_refused()
    {
        float[] blank = new float[784];
        Should.Throw<ArgumentException>(() => EvenLight.Of(Photograph(blank, "side", isLightInk: false))).Message.ShouldContain("shows no digit");
    }

    [Fact]
    public async Task An_improbable_digit_is_not_sure()
    {
        // Untrained, every digit is about as probable as another.
        new MnistSample.ConvNet(1).Save(folder["weights"]);
        new GrayImage(28, 28, [.. DrawnDigits.Create(seed: 5, train: 0, test: 1, normalize: false).Test.Inputs.ToArray().Select(level => (byte)(255 * level))])
            .WritePgm(folder["digit.pgm"]);
        string[] args = ["predict", folder["digit.pgm"], "--weights", folder["weights"]];
        MnistProgram.Outcome doubtful = await MnistProgram.RunAsync(args);
        doubtful.Output.ShouldMatch(@"Not sure: an? \d \([\d.]+ %\), or an? \d \([\d.]+ %\)\?");
        MnistProgram.Outcome sure = await MnistProgram.RunAsync([.. args, "--sure", "5"]);
        sure.Output.ShouldMatch(@"It is an? \d \([\d.]+ %\)\.");
    }

    /// <summary>A digit of 28×28 as a camera sees it: larger, in some light, with grain.</summary>
    private static GrayImage Photograph(ReadOnlySpan<float> digit, string light, bool isLightInk)
    {
        const int Side = 28 * Scale;
        var random = new Random(3);
        var pixels = new byte[Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, Side);
            float ink = digit[(y / Scale * 28) + (x / Scale)], reflects = isLightInk ? 0.15f + (0.8f * ink) : 0.95f - (0.75f * ink);
            double lit = light switch
            {
                "side" => 0.35 + (0.65 * x / Side),
                "shadow" => x + (y / 2) < Side / 2 ? 0.5 : 1,
                "lamp" => 1 - (0.6 * (Math.Pow((double)x / Side - 0.5, 2) + Math.Pow((double)y / Side - 0.5, 2)) / 0.5),
                _ => 1,
            };
            pixels[i] = (byte)Math.Clamp((255 * reflects * lit) + random.Next(-6, 7), 0, 255);
        }
        return new(Side, Side, pixels);
    }
}
