namespace NetGen.Tests.Data.Augmentation;

/// <summary>What each change does to images, against what it is known by.</summary>
public sealed class AugmentTests
{
    private const int Width = 11, Height = 7;

    /// <summary>Value i of channel c of sample n, from 0 to 1.</summary>
    internal static DataSet Images(int count = 3, int channels = 3, int height = Height, int width = Width)
    {
        float[] values = [.. Enumerable.Range(0, count * channels * height * width).Select(i => (float)((Math.Sin(i * 0.37) + Math.Sin(i * 0.011) + 2) / 4))];
        return new DataSet(new Shape(channels, height, width), values, new int[count], 1);
    }

    internal static float[] First(DataSet data, int epoch = 0, int seed = 1)
    {
        foreach (Batch batch in data.Batches(data.Count, shuffle: seed).Epoch(epoch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch.IndexOf(i) == 0)
                    return batch.Inputs.Slice(i * data.InputSize, data.InputSize).ToArray();
            }
        }
        throw new InvalidOperationException();
    }

    /// <summary>Pixel (x, y) of an image; black outside.</summary>
    private static double At(ReadOnlySpan<float> image, int channel, int x, int y, int height = Height, int width = Width) =>
        x < 0 || y < 0 || x >= width || y >= height ? 0 : image[(((channel * height) + y) * width) + x];

    [Fact]
    public void FlipsAreExact()
    {
        DataSet data = Images();
        float[] left = First(data.Augmented(Augment.Flip(1))), down = First(data.Augmented(Augment.FlipVertically(1)));
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    At(left, channel, x, y).ShouldBe(At(data.Sample(0), channel, Width - 1 - x, y));
                    At(down, channel, x, y).ShouldBe(At(data.Sample(0), channel, x, Height - 1 - y));
                }
            }
        }
        First(data.Augmented(Augment.Flip(1), Augment.Flip(1))).ShouldBe(data.Sample(0).ToArray());
        First(data.Augmented(Augment.Flip(0), Augment.Shift(0), Augment.Rotate(0), Augment.Shear(0), Augment.Scale(1, 1))).ShouldBe(data.Sample(0).ToArray());
    }

    [Fact]
    public void AQuarterTurnIsExactAndCounterclockwise()
    {
        DataSet data = Images(height: 9, width: 9);
        AffineMap quarter = AffineMap.Rotation(90, 9, 9), back = AffineMap.Rotation(-90, 9, 9), half = AffineMap.Rotation(180, 9, 9);
        float[] once = Sampled(quarter, data.Sample(0), 3, 9, 9), twice = Sampled(quarter, once, 3, 9, 9);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < 9; y++)
            {
                // numpy.rot90: row y, column x comes from row x, column n - 1 - y.
                for (var x = 0; x < 9; x++)
                    At(once, channel, x, y, 9, 9).ShouldBe(At(data.Sample(0), channel, 8 - y, x, 9, 9));
            }
        }
        twice.ShouldBe(Sampled(half, data.Sample(0), 3, 9, 9));
        Sampled(back, once, 3, 9, 9).ShouldBe(data.Sample(0).ToArray());
        quarter.Then(quarter).ShouldBe(half);
        quarter.Then(back).ShouldBe(AffineMap.Identity);
    }

    private static float[] Sampled(AffineMap map, ReadOnlySpan<float> image, int channels, int height, int width)
    {
        var result = new float[image.Length];
        new AffineSampler(channels, height, width).Sample(map, image, levels: null, result);
        return result;
    }

    public static TheoryData<int, int> Sizes => new() { { 7, 11 }, { 5, 3 }, { 28, 28 }, { 1, 8 }, { 17, 1 }, { 3, 16 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SamplingIsBilinearInterpolation(int height, int width)
    {
        DataSet data = Images(1, 2, height, width);
        var random = new Random(height + width);
        for (var trial = 0; trial < 30; trial++)
        {
            AffineMap map = trial switch
            {
                // Whole pixels, both ways, within and far outside.
                < 8 => new(trial % 2 == 0 ? 1 : -1, 0, random.Next(-2 * width, 2 * width), 0, trial % 4 < 2 ? 1 : -1, random.Next(-height, height)),
                < 10 => new(1e9, 0, 1e12, 0, 1, -1e12),
                _ => AffineMap.Rotation(360 * random.NextDouble(), width, height).Then(AffineMap.Shift(random.NextDouble() * 4, random.NextDouble() * 4))
                    .Then(AffineMap.AboutMiddle(0.5 + random.NextDouble(), random.NextDouble() - 0.5, 0, 0.5 + random.NextDouble(), width, height)),
            };
            float[] found = Sampled(map, data.Sample(0), 2, height, width);
            for (var channel = 0; channel < 2; channel++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        double across = (map.A * x) + (map.B * y) + map.C, down = (map.D * x) + (map.E * y) + map.F, left = Math.Floor(across), top = Math.Floor(down);
                        double expected = 0;
                        foreach ((int dx, int dy) in ((int, int)[])[(0, 0), (1, 0), (0, 1), (1, 1)])
                        {
                            double share = (dx == 0 ? 1 - (across - left) : across - left) * (dy == 0 ? 1 - (down - top) : down - top);
                            if (left >= -1 && top >= -1 && left < width && top < height)
                                expected += share * At(data.Sample(0), channel, (int)left + dx, (int)top + dy, height, width);
                        }
                        At(found, channel, x, y, height, width).ShouldBe(expected, 2e-5, $"{map} at {x}, {y}");
                    }
                }
            }
        }
    }

    [Fact]
    public void CropsMoveByWholePixelsEachAsOften()
    {
        DataSet data = Images(1).Augmented(Augment.Crop(2));
        var counts = new Dictionary<(int, int), int>();
        for (var epoch = 0; epoch < 2000; epoch++)
        {
            float[] cropped = First(data, epoch);
            (int dx, int dy) = Enumerable.Range(-2, 5).SelectMany(dx => Enumerable.Range(-2, 5).Select(dy => (dx, dy)))
                .Single(move => Enumerable.Range(0, Width * Height).All(i => At(cropped, 1, i % Width, i / Width) == At(data.Sample(0), 1, (i % Width) - move.dx, (i / Width) - move.dy)));
            counts[(dx, dy)] = counts.GetValueOrDefault((dx, dy)) + 1;
        }
        counts.Count.ShouldBe(25);
        // 80 each, with a deviation of 9.
        counts.Values.ShouldAllBe(count => count > 40 && count < 125);
    }

    [Fact]
    public void BlackIsBlackWhateverTheSetWasNormalisedTo()
    {
        DataSet raw = Images(), normalized = raw.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]);
        Augment[] changes =
        [
            Augment.Crop(3), Augment.Rotate(30), Augment.Brightness(0.5), Augment.Contrast(0.5), Augment.Saturation(0.8), Augment.Hue(0.3), Augment.Shift(0.3),
            Augment.Cutout(3), Augment.Custom((sample, _, random) => sample[random.Next(sample.Length)] = 1),
        ];
        for (var epoch = 0; epoch < 20; epoch++)
        {
            float[] expected = new DataSet(raw.InputShape, First(raw.Augmented([.. changes]), epoch), new int[1], 1).Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]).Inputs.ToArray();
            Close(First(normalized.Augmented([.. changes]), epoch), expected, 1e-5);
            Close(First(raw.Augmented([.. changes]).Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]), epoch), expected, 1e-5);
            Close(First(raw.Augmented(changes[0]).Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]).Augmented([.. changes[1..]]), epoch), expected, 1e-5);
        }
        // Standardised twice, and back by the levels.
        DataSet standardized = raw.Standardize(out _).Standardize(out _);
        Close(First(standardized.Augmented(changes[1])), new DataSet(raw.InputShape, First(raw.Augmented(changes[1])), new int[1], 1)
            .Normalize([.. Enumerable.Range(0, 3).Select(channel => (double)Moments(raw, channel).Mean)], [.. Enumerable.Range(0, 3).Select(channel => Moments(raw, channel).Std)]).Inputs.ToArray(), 1e-4);
    }

    [Fact]
    public void DrawnDigitsAreOnBlackHoweverTheyAreTurned()
    {
        DataSet digits = DrawnDigits.Create(seed: 1, train: 10, test: 0).Train.Augmented(Augment.Rotate(180), Augment.Shift(0.5), Augment.Cutout(9));
        foreach (Batch batch in digits.Batches(10, shuffle: 1))
            batch.Inputs.ToArray().Min().ShouldBe(-Mnist.Mean / Mnist.Std, 1e-6f);
        digits.Image(0).Pixels.ToArray().Min().ShouldBe((byte)0);
    }

    private static (double Mean, double Std) Moments(DataSet data, int channel)
    {
        double[] values = [.. Enumerable.Range(0, data.Count).SelectMany(n => data.Sample(n).Slice(channel * Width * Height, Width * Height).ToArray()).Select(value => (double)value)];
        return (values.Average(), Math.Sqrt(values.Select(value => Math.Pow(value - values.Average(), 2)).Average()));
    }

    [Fact]
    public void LightAndColoursAreTorchvisionsFormulas()
    {
        var size = new ImageSize(3, Height, Width);
        foreach (float amount in (float[])[0, 0.3f, 1, 1.7f])
        {
            Check(ImageLight.Brighten, amount, (image, channel, i) => amount * image[channel][i]);
            Check(ImageLight.Contrast, amount, (image, channel, i) =>
                (amount * image[channel][i]) + ((1 - amount) * Enumerable.Range(0, Width * Height).Average(each => Gray(image, each))));
            Check(ImageLight.Saturate, amount, (image, channel, i) => (amount * image[channel][i]) + ((1 - amount) * Gray(image, i)));
        }
        foreach (float turns in (float[])[-0.5f, -0.2f, 0, 0.1f, 0.5f])
            Check(ImageLight.TurnHue, turns, (image, channel, i) => Turned(image[0][i], image[1][i], image[2][i], turns)[channel]);

        void Check(LightChange change, float amount, Func<double[][], int, int, double> expected)
        {
            float[] given = Images().Sample(1).ToArray(), changed = [.. given];
            change(changed, size, amount);
            double[][] image = [.. Enumerable.Range(0, 3).Select(channel => given.Skip(channel * Width * Height).Take(Width * Height).Select(value => (double)value).ToArray())];
            for (var i = 0; i < changed.Length; i++)
                ((double)changed[i]).ShouldBe(Math.Clamp(expected(image, i / (Width * Height), i % (Width * Height)), 0, 1), 2e-5);
        }

        static double Gray(double[][] image, int i) => (0.2989 * image[0][i]) + (0.587 * image[1][i]) + (0.114 * image[2][i]);
    }

    /// <summary>To hue, saturation and value, and back by sectors of the circle, as torchvision's _rgb2hsv and _hsv2rgb.</summary>
    private static double[] Turned(double r, double g, double b, double turns)
    {
        double max = Math.Max(r, Math.Max(g, b)), min = Math.Min(r, Math.Min(g, b)), range = max - min, s = max == 0 ? 0 : range / max;
        double divisor = range == 0 ? 1 : range, rc = (max - r) / divisor, gc = (max - g) / divisor, bc = (max - b) / divisor;
        double h = max == r ? bc - gc : max == g ? 2 + rc - bc : 4 + gc - rc;
        h = ((h / 6) + 1) % 1;
        h = (h + turns + 1) % 1;
        double sector = Math.Floor(h * 6), f = (h * 6) - sector, p = max * (1 - s), q = max * (1 - (s * f)), t = max * (1 - (s * (1 - f)));
        return ((int)sector % 6) switch { 0 => [max, t, p], 1 => [q, max, p], 2 => [p, max, t], 3 => [p, q, max], 4 => [t, p, max], _ => [max, p, q] };
    }

    [Fact]
    public void NoiseIsNormallyDistributed()
    {
        var numbers = new float[100_001];
        var random = new RandomStream(3);
        NormalNumbers.Fill(numbers, ref random);
        double[] values = [.. numbers.Select(value => (double)value)];
        values.Average().ShouldBe(0, 0.015);
        values.Average(value => value * value).ShouldBe(1, 0.02);
        values.Average(value => Math.Pow(value, 3)).ShouldBe(0, 0.05);
        values.Average(value => Math.Pow(value, 4)).ShouldBe(3, 0.15);
        values.Count(value => Math.Abs(value) > 1.96).ShouldBeInRange(4600, 5400);
        // Neighbours, and the two of a pair, have nothing in common.
        Enumerable.Range(0, 100_000).Average(i => values[i] * values[i + 1]).ShouldBe(0, 0.015);
        Enumerable.Range(0, 99_840).Where(i => i % 256 < 128).Average(i => values[i] * values[i + 128]).ShouldBe(0, 0.025);

        DataSet data = Images();
        float[] noisy = First(data.Augmented(Augment.Noise(0.25)));
        Math.Sqrt(noisy.Zip(data.Sample(0).ToArray(), (one, other) => Math.Pow(one - other, 2)).Average()).ShouldBe(0.25, 0.04);
    }

    [Fact]
    public void CutoutIsASquareOfBlackSomewhere()
    {
        DataSet data = Images(1).Augmented(Augment.Cutout(3));
        var middles = new HashSet<(int, int)>();
        for (var epoch = 0; epoch < 1000; epoch++)
        {
            float[] cut = First(data, epoch);
            int[] gone = [.. Enumerable.Range(0, Width * Height).Where(i => cut[i] == 0)];
            gone.Length.ShouldBeInRange(4, 9);
            int left = gone.Min(i => i % Width), right = gone.Max(i => i % Width), top = gone.Min(i => i / Width), bottom = gone.Max(i => i / Width);
            ((right - left + 1) * (bottom - top + 1)).ShouldBe(gone.Length);
            for (var i = 0; i < cut.Length; i++)
                cut[i].ShouldBe(gone.Contains(i % (Width * Height)) ? 0 : data.Sample(0)[i]);
            middles.Add((left == 0 ? right - 1 : left + 1, top == 0 ? bottom - 1 : top + 1));
        }
        middles.Count.ShouldBe(Width * Height);
        First(Images(1).Augmented(Augment.Cutout(int.MaxValue))).ShouldAllBe(value => value == 0);
        First(Images(1).Augmented(Augment.Cutout(3, probability: 0))).ShouldBe(Images(1).Sample(0).ToArray());
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(2)]
    public void MixupMixesInputsAndTargetsByOneBetaDistributedShare(double alpha)
    {
        // Sample n is n times (1, 10), and its target too.
        var data = new DataSet(new Shape(2), Enumerable.Range(1, 4).SelectMany(n => new float[] { n, 10 * n }).ToArray(), Enumerable.Range(1, 4).Select(n => (float)n).ToArray());
        var shares = new List<double>();
        BatchSequence batches = data.Augmented(Augment.Mixup(alpha)).Batches(3, shuffle: 2);
        for (var epoch = 0; epoch < 2000; epoch++)
        {
            foreach (Batch batch in batches.Epoch(epoch))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    float target = batch.Targets[i];
                    batch.Inputs[2 * i].ShouldBe(target, 1e-5f);
                    batch.Inputs[(2 * i) + 1].ShouldBe(10 * target, 1e-4f);
                    // What is added to sample 1 tells of the share only where the partner is known: it is 4 where more than 3 comes out.
                    if (batch.IndexOf(i) == 0 && target > 3)
                        shares.Add((4 - target) / 3);
                }
            }
        }
        // The chance that a share is below 1/3, for α = 1 that is 1/3, a quarter of it with partner 4.
        double chance = shares.Count / 2000.0;
        chance.ShouldBe(alpha switch { 0.01 => 0.124, 0.2 => 0.113, 1 => 1 / 12.0, _ => 7 / 27.0 / 4 }, 0.03);
    }

    [Fact]
    public void RefusesWhatDoesNotGoWithTheSamples()
    {
        DataSet grey = Images(channels: 1), bright = new(new Shape(1, 2, 2), new float[] { 0, 255, 3, 4 }, new int[1], 1), table = new(new Shape(4), new float[4], new int[1], 1);
        Refusal(grey, Augment.Flip(), Augment.Hue(0.1)).ShouldContain("Change 1 does not go with this data set: images of three channels are expected, [3, height, width], and these samples are [1, 7, 11]");
        Refusal(table, Augment.Flip()).ShouldContain("images are expected");
        Refusal(table, Augment.Brightness(0.1)).ShouldContain("images are expected");
        Refusal(table, Augment.Cutout(2)).ShouldContain("images are expected");
        Refusal(bright, Augment.Brightness(0.1)).ShouldContain("values from 0 for black to 1 are expected, and this set's go from 0 to 255");
        Refusal(grey, Augment.Mixup()).ShouldContain("OneHot()");
        Refusal(grey.OneHot(), Augment.Mixup(), Augment.Mixup()).ShouldContain("twice");
        Should.Throw<ArgumentException>(() => grey.Augmented(Augment.Flip(), null!));
        Should.Throw<ArgumentException>(() => grey.Augmented(default));
        foreach (Func<Augment> wrong in (Func<Augment>[])
        [
            () => Augment.Flip(1.1), () => Augment.Flip(double.NaN), () => Augment.FlipVertically(-1), () => Augment.Crop(-1), () => Augment.Crop(int.MaxValue), () => Augment.Shift(2),
            () => Augment.Rotate(181), () => Augment.Rotate(double.NaN), () => Augment.Shear(90), () => Augment.Scale(0, 1), () => Augment.Scale(2, 1), () => Augment.Brightness(-1),
            () => Augment.Contrast(double.PositiveInfinity), () => Augment.Saturation(double.NaN), () => Augment.Hue(0.6), () => Augment.Noise(-1), () => Augment.Cutout(0),
            () => Augment.Cutout(1, 2), () => Augment.Mixup(0), () => Augment.Mixup(double.NaN),
        ])
            Should.Throw<ArgumentOutOfRangeException>(wrong);
        Should.Throw<ArgumentNullException>(() => Augment.Custom(null!));

        static string Refusal(DataSet data, params Augment[] changes) => Should.Throw<ArgumentException>(() => data.Augmented([.. changes])).Message;
    }

    private static void Close(float[] found, float[] expected, double within)
    {
        found.Length.ShouldBe(expected.Length);
        for (var i = 0; i < found.Length; i++)
            ((double)found[i]).ShouldBe(expected[i], within);
    }
}
