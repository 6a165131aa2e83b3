using NetGen.Tests.Training;

namespace NetGen.Tests.Data.Augmentation;

/// <summary>Augmentation in batches and in training: the same whatever the threads and the batches, and whole whatever a user's change does.</summary>
[Collection(Alone.Name)]
public sealed class AugmentedBatchesTests : IDisposable
{
    private static readonly DataSet Images = AugmentTests.Images(count: 41);

    private static readonly DataSet Many = Images.Augmented(
        Augment.Crop(2), Augment.Rotate(20), Augment.Brightness(0.3), Augment.Hue(0.1), Augment.Flip(), Augment.Noise(0.1), Augment.Cutout(3),
        Augment.Custom((sample, shape, random) => sample[random.Next(shape.Size)] = random.NextSingle()));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ASampleIsTheSameWhateverTheBatchesAndTheThreads()
    {
        for (var epoch = 0; epoch < 3; epoch++)
        {
            float[][] expected = Samples(Many.Batches(41, shuffle: 5).Epoch(epoch), 41);
            foreach (int size in (int[])[1, 7, 64])
            {
                Samples(Many.Batches(size, shuffle: 5).Epoch(epoch), 41).ShouldBe(expected);
                Samples(Many.Prefetch(3, 3).Batches(size, shuffle: 5).Epoch(epoch), 41).ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void EpochsSeedsAndSamplesDiffer()
    {
        float[][] first = Samples(Many.Batches(8, shuffle: 5).Epoch(0), 41), second = Samples(Many.Batches(8, shuffle: 5).Epoch(1), 41), other = Samples(Many.Batches(8, shuffle: 6).Epoch(0), 41);
        for (var i = 0; i < 41; i++)
        {
            first[i].ShouldNotBe(second[i]);
            first[i].ShouldNotBe(other[i]);
        }
        // Without a shuffle the order is the set's, and the seed 0.
        Samples(Many.Batches(8).Epoch(1), 41).ShouldBe(Samples(Many.Batches(5, shuffle: 0).Epoch(1), 41));
        foreach (Batch batch in Many.Batches(50))
            batch.Order.ToArray().ShouldBe(Enumerable.Range(0, 41));
    }

    [Fact]
    public void ARareSampleOfABalancedEpochIsAnotherEachTime()
    {
        DataSet uneven = new DataSet(Images.InputShape, Images.Inputs.ToArray(), Enumerable.Range(0, 41).Select(i => i == 3 ? 1 : 0).ToArray(), 2).Augmented(Augment.Noise(1)).BalanceClasses();
        var seen = new HashSet<float>();
        foreach (Batch batch in uneven.Batches(8, shuffle: 1))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch.Labels[i] == 1)
                    seen.Add(batch.Inputs[i * uneven.InputSize]);
            }
        }
        seen.Count.ShouldBeInRange(20, 21);
    }

    [Fact]
    public void BatchesAllocateNothing()
    {
        BatchSequence batches = Images.Augmented(
            Augment.Crop(2), Augment.Rotate(20), Augment.Brightness(0.3), Augment.Contrast(0.3), Augment.Saturation(0.3), Augment.Hue(0.1), Augment.Flip(), Augment.Noise(0.1),
            Augment.Cutout(3)).Batches(4, shuffle: 1);
        var count = 0;
        Go();
        Allocation.Least(Go).ShouldBe(0);

        void Go()
        {
            foreach (Batch batch in batches)
                count += batch.Count;
        }
    }

    [Fact]
    public void TheSetItselfIsAsItWas()
    {
        Many.Inputs.Overlaps(Images.Inputs).ShouldBeTrue();
        Many.Slice(3, 5).Batching.ShouldBe(Many.Batching);
        Many.Shuffle(1).Batching.ShouldBe(Many.Batching);
        Images.Batching.Augmentation.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FitTakesAnAugmentedSetAndAUsersFaultLeavesTheLastWholeStep(bool ahead)
    {
        DataSet data = Samples4();
        var calls = 0;
        DataSet faulty = data.Augmented(Augment.Custom((sample, _, _) =>
        {
            if (Interlocked.Increment(ref calls) > 100)
                throw new NotSupportedException("mine");
            sample.Reverse();
        }));
        TestNetwork net = TrainerTests.Perceptron(grouped: true), same = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16), other = same.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
        Should.Throw<NotSupportedException>(() => trainer.Fit(ahead ? faulty.Prefetch(2, 2) : faulty, epochs: 50)).Message.ShouldBe("mine");
        trainer.StepCount.ShouldBeInRange(3, 6);
        net.AllValues().ShouldAllBe(value => float.IsFinite(value));
        // The same steps by hand, and the trainer goes on.
        var steps = 0;
        foreach (Batch batch in data.Augmented(Augment.Custom((sample, _, _) => sample.Reverse())).Batches(16, shuffle: net.State.Seed))
        {
            if (steps++ == Math.Min(4, trainer.StepCount))
                break;
            other.Step(batch);
        }
        if (trainer.StepCount <= 4)
            net.AllValues().ShouldBe(same.AllValues());
        trainer.Fit(data, epochs: 1).Count.ShouldBe(1);
    }

    /// <summary>By a trainer, as a validation set and by the network alone: whatever measures knows the samples as they are.</summary>
    [Fact]
    public void WhatMeasuresTakesTheSamplesAsTheyAre()
    {
        DataSet data = Samples4(), augmented = data.Augmented(Augment.Custom((sample, _, _) => sample.Clear()));
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0), Loss.CrossEntropy, 16);
        Evaluation plain = trainer.Evaluate(data);
        trainer.Evaluate(augmented).ShouldBe(plain);
        trainer.Fit(data, 1, validation: augmented).Last.ValidationLoss.ShouldBe(plain.Loss);
        net.Evaluate(augmented, Loss.CrossEntropy).Loss.ShouldBe(plain.Loss, 1e-6);
    }

    [Fact]
    public void NumbersThatAreNoneAreToldBeforeAStep()
    {
        DataSet data = Samples4().Augmented(Augment.Custom((sample, _, _) => sample[1] = float.NaN));
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
        Should.Throw<InvalidOperationException>(() => trainer.Fit(data, 1)).Message.ShouldContain("no finite number");
        trainer.StepCount.ShouldBe(0);
    }

    [Fact]
    public void AChangeThatBeginsItsOwnBatchesAgainIsTold()
    {
        for (var times = 0; times < 100; times++)
        {
            var begun = 0;
            BatchSequence? batches = null;
            DataSet data = Images.Augmented(Augment.Custom((_, _, _) =>
            {
                Interlocked.Increment(ref begun);
                batches!.Epoch(1);
            }));
            batches = (times % 3 == 0 ? data : data.Prefetch(2, times % 3)).Batches(4, shuffle: 1);
            Should.Throw<InvalidOperationException>(() =>
            {
                foreach (Batch batch in batches)
                    batch.Count.ShouldBe(4);
            }).Message.ShouldStartWith("What makes a batch has begun");
            begun.ShouldBeLessThanOrEqualTo(3, "the batches in use and ahead, of each the first sample");
        }
    }

    [Fact]
    public void ASlowChangeDoesNotHoldUpWhoLeaves()
    {
        DataSet data = Images.Augmented(Augment.Custom((_, _, _) => Thread.Sleep(20))).Prefetch(2, 2);
        long start = Environment.TickCount64;
        foreach (Batch batch in data.Batches(1, shuffle: 1))
            break;
        (Environment.TickCount64 - start).ShouldBeLessThan(41 * 20, "a change is waited for, not all of them");
    }

    [Fact]
    public void ACustomChangesRandomNumbersAreDotNets()
    {
        var random = new StreamRandom();
        random.Begin(4);
        int[] dice = [.. Enumerable.Range(0, 6000).Select(_ => random.Next(1, 7))];
        dice.Order().Distinct().ShouldBe([1, 2, 3, 4, 5, 6]);
        dice.GroupBy(face => face).ShouldAllBe(face => face.Count() > 850 && face.Count() < 1150);
        Enumerable.Range(0, 100).Select(_ => random.Next(int.MinValue, int.MaxValue)).Distinct().Count().ShouldBe(100);
        Enumerable.Range(0, 100).ShouldAllBe(_ => random.Next() >= 0 && random.NextInt64() >= 0 && random.NextDouble() < 1 && random.NextSingle() < 1);
        random.Next(0).ShouldBe(0);
        random.NextInt64(5, 5).ShouldBe(5);
        var bytes = new byte[4000];
        random.NextBytes(bytes);
        bytes.Distinct().Count().ShouldBe(256);
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(3, 2));
        int[] deck = [.. Enumerable.Range(0, 52)];
        random.Shuffle(deck);
        deck.Order().ShouldBe(Enumerable.Range(0, 52));
        random.Begin(4);
        random.Next(1, 7).ShouldBe(dice[0]);
    }

    [Fact]
    public void AContactSheetShowsSamplesAndWhatBecomesOfThem()
    {
        DataSet data = Images.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]).Augmented(Augment.Flip(1));
        data.WriteContactSheet(folder["sheet.png"], samples: 4, epochs: 2);
        RgbImage sheet = RgbImage.Read(folder["sheet.png"]);
        (sheet.Width, sheet.Height).ShouldBe(((3 * 11) + 4, (4 * 7) + 6));
        for (var sample = 0; sample < 4; sample++)
        {
            for (var y = 0; y < 7; y++)
            {
                for (var x = 0; x < 11; x++)
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        int expected = (int)((255 * Images.Sample(sample)[(((channel * 7) + y) * 11) + x]) + 0.5);
                        ((int)Pixel(x, y)[channel]).ShouldBeInRange(expected - 1, expected + 1);
                        Pixel(24 - x - 1, y)[channel].ShouldBe(Pixel(x, y)[channel]);
                        Pixel(37 - x - 1, y)[channel].ShouldBe(Pixel(x, y)[channel]);
                    }
                }
            }

            ReadOnlySpan<byte> Pixel(int x, int y) => sheet.Pixels.Slice(3 * ((((sample * 9) + y) * sheet.Width) + x), 3);
        }
        sheet.Pixels[3 * 11].ShouldBe((byte)128);
        Should.Throw<InvalidOperationException>(() => Samples4().WriteContactSheet(folder["no.png"]));
        Should.Throw<InvalidOperationException>(() => Images.Take(0).WriteContactSheet(folder["no.png"]));
        Should.Throw<ArgumentOutOfRangeException>(() => Images.WriteContactSheet(folder["no.png"], 41, 1 << 20));
        File.Exists(folder["no.png"]).ShouldBeFalse();
    }

    private static DataSet Samples4() => new(new Shape(4), TrainerTests.Inputs(64), TrainerTests.Labels(64), 3);

    private static float[][] Samples(BatchSequence.Enumerator batches, int count)
    {
        var samples = new float[count][];
        foreach (Batch batch in batches)
        {
            int size = batch.Inputs.Length / batch.Count;
            for (var i = 0; i < batch.Count; i++)
                samples[batch.IndexOf(i)] = batch.Inputs.Slice(i * size, size).ToArray();
        }
        return samples;
    }
}
