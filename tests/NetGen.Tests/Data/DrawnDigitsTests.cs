using System.Numerics;
using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace NetGen.Tests.Data;

public sealed class DrawnDigitsTests
{
    private static readonly DataSplit Drawn = DrawnDigits.Create(seed: 1, train: 4000, test: 1000, normalize: false);

    [Fact]
    public void HasTheFormOfMnist()
    {
        Drawn.Train.InputShape.ShouldBe(new Shape(1, 28, 28));
        Drawn.Train.ClassCount.ShouldBe(10);
        Drawn.Train.Count.ShouldBe(4000);
        Drawn.Test.Count.ShouldBe(1000);
        foreach (float pixel in Drawn.Train.Inputs)
        {
            if (pixel is not (>= 0 and <= 1))
                pixel.ShouldBeInRange(0, 1);
        }
        double ink = Drawn.Train.Inputs.ToArray().Average();
        ink.ShouldBe(0.1307, 0.02, "about as much ink as MNIST has");
    }

    [Fact]
    public void EveryTenImagesHoldEachDigitOnce()
    {
        for (int first = 0; first < 1000; first += 10)
            Drawn.Train.Labels.Slice(first, 10).ToArray().Order().ShouldBe(Enumerable.Range(0, 10));
        Drawn.Train.Labels[..10].ToArray().ShouldNotBe(Drawn.Train.Labels[10..20].ToArray());
    }

    [Fact]
    public void ASmallerSetIsTheBeginningOfALargerOne()
    {
        (DataSet train, DataSet test) = DrawnDigits.Create(seed: 1, train: 25, test: 3, normalize: false);
        train.Inputs.SequenceEqual(Drawn.Train.Take(25).Inputs).ShouldBeTrue();
        train.Labels.SequenceEqual(Drawn.Train.Take(25).Labels).ShouldBeTrue();
        test.Inputs.SequenceEqual(Drawn.Test.Take(3).Inputs).ShouldBeTrue();
    }

    [Fact]
    public void AnotherSeedGivesOtherImages()
    {
        DataSplit other = DrawnDigits.Create(seed: 2, train: 20, test: 0, normalize: false);
        other.Train.Inputs.SequenceEqual(Drawn.Train.Take(20).Inputs).ShouldBeFalse();
        Drawn.Test.Take(20).Inputs.SequenceEqual(Drawn.Train.Take(20).Inputs).ShouldBeFalse();
    }

    [Fact]
    public void NormalizesAsMnistIsNormalized()
    {
        DataSet normalized = DrawnDigits.Create(seed: 1, train: 10, test: 0).Train;
        normalized.Inputs.ToArray().ShouldBe(Drawn.Train.Take(10).Normalize(0.1307f, 0.3081f).Inputs.ToArray());
    }

    /// <summary>The promise that holds over machines, systems and instruction sets: these very pixels.</summary>
    [Fact]
    public void TheSeedFixesEveryPixel()
    {
        byte[] pixels = [.. Drawn.Train.Take(1000).Inputs.ToArray().Select(pixel => (byte)(255 * pixel + 0.5f))];
        Convert.ToHexStringLower(SHA256.HashData(pixels)).ShouldBe("30b7a0990e9103dfca7f1e23c0fe02d14dae9efcacff9086f47cbab14a1c13b0");
    }

    [Fact]
    public void NoDigitIsCutOffOrFaint()
    {
        var random = new RandomStream(new Seed(1));
        var image = new byte[28 * 28];
        for (int i = 0; i < 4000; i++)
        {
            DigitArtist.Draw(i % 10, ref random, image);
            image.Count(pixel => pixel > 153).ShouldBeGreaterThan(8);
            image.Where((_, at) => at % 28 is 0 or 27 || at / 28 is 0 or 27).Max().ShouldBeLessThan((byte)153, $"image {i} touches the edge");
        }
    }

    /// <summary>What a network learns here is what <see cref="Mnist.Prepare"/> will show it.</summary>
    [Fact]
    public void StayAsTheyAreWhenPrepared()
    {
        int same = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] pixels = [.. Drawn.Test.Sample(i).ToArray().Select(pixel => (byte)(255 * pixel + 0.5f))];
            float[] prepared = Mnist.Prepare(new GrayImage(28, 28, pixels), normalize: false);
            same += prepared.Zip(pixels, (a, b) => Math.Abs(a - b / 255f)).Average() < 0.005 ? 1 : 0;
        }
        same.ShouldBeGreaterThan(180);
    }

    /// <summary>
    /// Neither a child's play nor a riddle: softmax regression, trained here by plain gradient descent, reads most of the digits but far from all.
    /// </summary>
    [Fact]
    public void AreAboutAsHardAsHandwritingForALinearClassifier()
    {
        const int Classes = 10, Pixels = 784, Epochs = 4;
        float[][] weights = [.. Enumerable.Range(0, Classes).Select(_ => new float[Pixels])];
        var random = new Random(1);
        for (int step = 0; step < Epochs * Drawn.Train.Count; step++)
        {
            int sample = random.Next(Drawn.Train.Count);
            ReadOnlySpan<float> pixels = Drawn.Train.Sample(sample);
            double[] scores = Scores(weights, pixels);
            double largest = scores.Max(), sum = scores.Sum(score => Math.Exp(score - largest));
            for (int c = 0; c < Classes; c++)
            {
                double error = Math.Exp(scores[c] - largest) / sum - (c == Drawn.Train.Labels[sample] ? 1 : 0);
                TensorPrimitives.MultiplyAdd(pixels, (float)(-0.02 * error), weights[c], weights[c]);
            }
        }
        int right = 0;
        for (int i = 0; i < Drawn.Test.Count; i++)
        {
            double[] scores = Scores(weights, Drawn.Test.Sample(i));
            right += Array.IndexOf(scores, scores.Max()) == Drawn.Test.Labels[i] ? 1 : 0;
        }
        right.ShouldBeInRange(800, 940);

        static double[] Scores(float[][] weights, ReadOnlySpan<float> pixels)
        {
            var scores = new double[Classes];
            for (int c = 0; c < Classes; c++)
                scores[c] = TensorPrimitives.Dot(weights[c], pixels);
            return scores;
        }
    }

    [Fact]
    public void RefusesANegativeNumberOfImages()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => DrawnDigits.Create(train: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => DrawnDigits.Create(test: int.MaxValue));
        DrawnDigits.Create(train: 0, test: 0).Train.Count.ShouldBe(0);
    }

    [Fact]
    public void APenLeavesALineAsWideAsItself()
    {
        var paper = new float[12 * 12];
        new DigitPen(paper, 12).Line(new(3, 6), new(9, 6), 2, 2, 1);
        for (int y = 0; y < 12; y++)
        {
            double distance = Math.Abs(y + 0.5 - 6);
            ((double)paper[y * 12 + 5]).ShouldBe(Math.Clamp(0.5 + 2 - distance, 0, 1), 1e-6);
        }
        // Round ends: half a pixel outside the tip's circle there is no more ink.
        paper[6 * 12 + 0].ShouldBe(0);
        paper[6 * 12 + 11].ShouldBe(0);
        new DigitPen(paper, 12).Line(new(-50, -50), new(-40, 60), 2, 2, 1);
    }

    [Fact]
    public void AGlyphGoesThroughItsPointsAndTurnsAtItsCorners()
    {
        DigitGlyph glyph = DigitGlyph.Parse("0,0 10,0^ 10,20 | 5,5 6,6");
        glyph.Strokes.Length.ShouldBe(2);
        Vector2[] first = [.. glyph.Strokes[0]];
        first.ShouldContain(new Vector2(10, 0));
        first[0].ShouldBe(new Vector2(0, 0));
        first[^1].ShouldBe(new Vector2(10, 20));
        first.ShouldAllBe(point => point.Y == 0 || point.X == 10, "straight up to the corner and from there");

        Vector2[] curve = [.. DigitGlyph.Parse("0,0 10,0 10,20").Strokes[0]];
        curve.ShouldContain(new Vector2(10, 0));
        curve.ShouldContain(point => point.Y != 0 && point.X != 10, "without a corner the line bends");
    }

    [Fact]
    public void AFieldIsSmoothAndBounded()
    {
        var random = new RandomStream(new Seed(3));
        var field = new SmoothField(new Vector2[SmoothField.Size], 100, 30, ref random);
        Vector2 before = field.At(new Vector2(-5, 40));
        before.ShouldBe(field.At(new Vector2(0, 40)));
        for (float x = -4; x < 110; x += 0.5f)
        {
            Vector2 here = field.At(new Vector2(x, 40));
            Math.Max(Math.Abs(here.X), Math.Abs(here.Y)).ShouldBeLessThanOrEqualTo(30);
            (here - before).Length().ShouldBeLessThan(0.9f);
            before = here;
        }
    }
}
