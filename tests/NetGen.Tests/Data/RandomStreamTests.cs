namespace NetGen.Tests.Data;

public sealed class RandomStreamTests
{
    /// <summary>The first outputs for seed 0 that Vigna's splitmix64.c prints.</summary>
    [Fact]
    public void SplitMixGivesTheOutputsOfItsReference()
    {
        ulong state = 0;
        ulong[] outputs = [SplitMix64.Next(ref state), SplitMix64.Next(ref state), SplitMix64.Next(ref state)];
        outputs.ShouldBe([0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]);
    }

    /// <summary>The first outputs of Blackman and Vigna's xoshiro256starstar.c from the state 1, 2, 3, 4.</summary>
    [Fact]
    public void XoshiroGivesTheOutputsOfItsReference()
    {
        var stream = new RandomStream(1, 2, 3, 4);
        ulong[] outputs = [.. Enumerable.Range(0, 6).Select(_ => stream.NextBits())];
        outputs.ShouldBe([11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600]);
    }

    [Fact]
    public void EveryOrderOfFourItemsIsAsLikely()
    {
        var stream = new RandomStream(new Seed(5));
        var seen = new Dictionary<string, int>();
        char[] items = ['a', 'b', 'c', 'd'];
        const int Trials = 24_000;
        for (int i = 0; i < Trials; i++)
        {
            stream.Shuffle<char>(items);
            string order = new(items);
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }
        seen.Count.ShouldBe(24);
        double chiSquared = seen.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0);
        chiSquared.ShouldBeLessThan(49.7, "23 degrees of freedom exceed this once in a thousand");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void NumbersBelowABoundReachAllOfThemAlike(int bound)
    {
        var stream = new RandomStream(new Seed(9));
        int[] counts = new int[bound];
        for (int i = 0; i < bound * 1000; i++)
            counts[stream.NextBelow(bound)]++;
        counts.ShouldAllBe(count => count > 850 && count < 1150);
    }

    [Fact]
    public void UnitNumbersLieInTheirRange()
    {
        var stream = new RandomStream(new Seed(2));
        float[] units = [.. Enumerable.Range(0, 10_000).Select(_ => stream.NextUnit())];
        units.ShouldAllBe(unit => unit >= 0 && unit < 1);
        units.Average().ShouldBe(0.5f, 0.015f);
    }

    [Fact]
    public void DerivedSeedsDiffer()
    {
        var seed = new Seed(1);
        seed.Derive(0).ShouldBe(seed);
        Enumerable.Range(0, 1000).Select(i => seed.Derive((ulong)i)).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public void WholeNumbersConvertToSeeds()
    {
        var seed = new Seed(7);
        int number = 7;
        ulong large = 7;
        uint unsigned = 7;
        byte small = 7;
        ushort medium = 7;
        short half = 7;
        Seed[] converted = [7, 7ul, number, large, unsigned, small, medium, half];
        converted.ShouldAllBe(one => one == seed);
        Seed? optional = number;
        optional.ShouldBe(seed);
        ((Seed)ulong.MaxValue).Value.ShouldBe(ulong.MaxValue);
        ((Seed)int.MaxValue).Value.ShouldBe((ulong)int.MaxValue);

        number = -1;
        Should.Throw<ArgumentOutOfRangeException>(() => (Seed)number).Message.ShouldContain("at least 0, and -1 is given");
    }
}
