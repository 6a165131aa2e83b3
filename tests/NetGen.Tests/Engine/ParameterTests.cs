using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

public sealed class ParameterTests
{
    private static TestNetwork Network(ulong seed = 1) => new(new PerceptronProgram(5, 3, grouped: true), seed);

    [Fact]
    public void ValuesAreSeenInPyTorchsOrderWhateverTheLayout()
    {
        TestNetwork net = Network();
        ParameterValues weight = net.Parameters["linear1.weight"].Values;
        weight.Assign([.. Enumerable.Range(0, 15).Select(i => (float)i)]);

        weight[7].ShouldBe(7);
        weight[1, 2].ShouldBe(7);
        weight.ToArray().ShouldBe([.. Enumerable.Range(0, 15).Select(i => (float)i)]);
        // The kernels' layout of this program: [input][output], padded to 16.
        net.State.Values.Span[(2 * 16) + 1].ShouldBe(7);
        weight.Norm().ShouldBe((float)Math.Sqrt(Enumerable.Range(0, 15).Sum(i => i * i)), 1e-4);
    }

    [Fact]
    public void WritingOneValueReachesTheNetwork()
    {
        TestNetwork net = Network();
        ParameterValues weight = net.Parameters["linear1.weight"].Values;
        weight[2, 4] = 42;
        weight[0] = -1;
        net.State.Values.Span[(4 * 16) + 2].ShouldBe(42);
        net.State.Values.Span[0].ShouldBe(-1);
        net.Parameters["linear1.weight"].Values[0, 1] = 2;
        net.State.Values.Span[16].ShouldBe(2);
    }

    [Fact]
    public void PaddingStaysZero()
    {
        TestNetwork net = Network();
        net.Parameters["linear1.weight"].Values.Fill(1);
        for (var i = 0; i < 5; i++)
            net.State.Values.Span.Slice((i * 16) + 3, 13).ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void WrongLengthsAndPlacesAreRefusedBeforeAnythingChanges()
    {
        TestNetwork net = Network();
        ParameterValues weight = net.Parameters["linear1.weight"].Values;
        float[] before = weight.ToArray();
        Should.Throw<ArgumentException>(() => weight.Assign(new float[14])).Message.ShouldContain("linear1.weight [3, 5] takes 15 values, and 14 are given");
        Should.Throw<ArgumentException>(() => weight.CopyTo(new float[14])).Message.ShouldContain("15");
        Should.Throw<ArgumentOutOfRangeException>(() => weight[15]);
        Should.Throw<ArgumentOutOfRangeException>(() => weight[-1]);
        Should.Throw<ArgumentOutOfRangeException>(() => weight[1, 5]).Message.ShouldContain("[0, 5)");
        Should.Throw<ArgumentException>(() => weight[1, 2, 3]).Message.ShouldContain("2 dimensions");
        weight.ToArray().ShouldBe(before);
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes() =>
        Should.Throw<KeyNotFoundException>(() => Network().Parameters["conv1.weight"]).Message.ShouldContain("linear1.weight, linear1.bias");

    [Fact]
    public void RunningStatisticsHaveNoGradient()
    {
        TestNetwork net = Network();
        net.Parameters["seen"].IsTrainable.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => net.Parameters["seen"].Gradient);
        net.Parameters["linear1.bias"].Gradient.ToArray().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void InitialValuesDependOnTheSeedAndNotOnTheLayout()
    {
        float[] grouped = new TestNetwork(new PerceptronProgram(40, 30, grouped: true), 7).AllValues();
        new TestNetwork(new PerceptronProgram(40, 30, grouped: false), 7).AllValues().ShouldBe(grouped);
        new TestNetwork(new PerceptronProgram(40, 30, grouped: true), 8).AllValues().ShouldNotBe(grouped);

        // Another padding of the same weight.
        ParameterDefinition weight = new PerceptronProgram(40, 30, grouped: true).Definition.Parameters[0];
        ParameterDefinition wide = weight with { Layout = [new Stride(30, 3), new Stride(40, 97)] };
        var values = new AlignedBuffer(40 * 97);
        ParameterInitializer.Fill(new PerceptronProgram(40, 30, true).Definition with { Parameters = [wide] }, values, 7);
        for (var o = 0; o < 30; o++)
        {
            for (var i = 0; i < 40; i++)
                values.Span[(o * 3) + (i * 97)].ShouldBe(grouped[(o * 40) + i]);
        }
    }

    /// <summary>Many pieces, filled by several processors, of a layout in blocks whose last is cut short.</summary>
    [Fact]
    public void InitialValuesOfLargeParametersAreTheSameInAnyLayout()
    {
        const int Out = 1050, In = 1501, Block = 32, Panel = In * Block, Floats = (Out + Block - 1) / Block * Panel;
        NetworkDefinition definition = new PerceptronProgram(4, 3, grouped: true).Definition;
        var blocked = new ParameterDefinition("w", new Shape(Out, In), 16, [new Stride(Out, 1, Block, Panel), new Stride(In, Block)], Initialization.Uniform, 0.5f, true);
        ParameterDefinition plain = blocked with { Layout = [new Stride(Out, In), new Stride(In, 1)] };
        var one = new AlignedBuffer(16 + Floats);
        var other = new AlignedBuffer(16 + Floats);
        ParameterInitializer.Fill(definition with { Parameters = [blocked], ParameterBytes = sizeof(float) * (16 + Floats) }, one, 7);
        ParameterInitializer.Fill(definition with { Parameters = [plain], ParameterBytes = sizeof(float) * (16 + Floats) }, other, 7);
        var stream = new CounterRandom(7, 0);
        var wrong = 0;
        for (var i = 0; i < Out * In; i++)
        {
            float expected = ((2 * ((stream.Bits((ulong)i) >> 40) * (1f / (1 << 24)))) - 1) * 0.5f;
            int place = (i / In / Block * Panel) + (i / In % Block) + (i % In * Block);
            wrong += one.Span[16 + place] == expected && other.Span[16 + i] == expected ? 0 : 1;
        }
        wrong.ShouldBe(0);
        one.Span[..16].ToArray().ShouldAllBe(value => value == 0);
        one.Span.Count(0f).ShouldBeGreaterThanOrEqualTo(16 + Floats - (Out * In), "places of the last block that stand for nothing stay 0");
    }

    [Fact]
    public void InitialValuesAreUniformWithinTheBound()
    {
        float[] values = new TestNetwork(new PerceptronProgram(100, 500, grouped: false), 3).Parameters[0].Values.ToArray();
        const double Bound = 0.1;
        values.ShouldAllBe(value => value >= -Bound && value < Bound);
        // Mean and variance of 50,000 uniform values, within five standard errors.
        double mean = values.Average(value => (double)value);
        mean.ShouldBe(0, 5 * Bound / Math.Sqrt(3) / Math.Sqrt(values.Length));
        values.Average(value => value * (double)value).ShouldBe(Bound * Bound / 3, 5 * Bound * Bound * Math.Sqrt(4.0 / 45 / values.Length));
        // Every tenth of the range holds a tenth of the values, and neighbours are not correlated.
        var counts = new int[10];
        foreach (float value in values)
            counts[(int)((value + Bound) / (2 * Bound) * 10)]++;
        counts.ShouldAllBe(count => Math.Abs(count - 5000) < 5 * Math.Sqrt(5000 * 0.9));
        double product = values.Zip(values.Skip(1), (a, b) => a * (double)b).Average();
        product.ShouldBe(0, 5 * Bound * Bound / 3 / Math.Sqrt(values.Length));
    }

    [Fact]
    public void CountedNumbersAreThoseOfSplitMix64()
    {
        // Vigna's splitmix64.c from state 1234567: https://prng.di.unimi.it/splitmix64.c; the stream's key takes the place of the state.
        var stream = new CounterRandom(1, 2);
        ulong key = Invert(stream);
        ulong state = key;
        for (ulong i = 0; i < 5; i++)
            stream.Bits(i).ShouldBe(Next(ref state));

        static ulong Next(ref ulong x)
        {
            ulong z = x += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }

        // The state before the first number: number −1 is the mix of the key itself, and the mix is a bijection.
        static ulong Invert(CounterRandom stream)
        {
            ulong z = stream.Bits(ulong.MaxValue);
            z ^= (z >> 31) ^ (z >> 62);
            z *= 0x319642b2d24d8ec3;
            z ^= (z >> 27) ^ (z >> 54);
            z *= 0x96de1b173f119089;
            return z ^ (z >> 30) ^ (z >> 60);
        }
    }
}
