using NetGen.Engine;
using NetGen.Tests.Reference;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>What new parameters are filled with: means, variances and bounds within five standard errors of the formulas, and orthogonal matrices.</summary>
public sealed class InitializationTests
{
    private const int Rows = 250, Columns = 400, Count = Rows * Columns;

    /// <summary>Of uniform numbers' means and variances, and those of the cut normal distributions, by their densities φ and shares Φ.</summary>
    public static TheoryData<Initialization, float, float, float, float> Distributions => new()
    {
        { Initialization.Uniform, 0.1f, 0, 0, 0 },
        { Initialization.Uniform, 2.5f, -0.5f, 0, 0 },
        { Initialization.Normal, 1, 0, 0, 0 },
        { Initialization.Normal, 0.02f, 3, 0, 0 },
        { Initialization.TruncatedNormal, 1, 0, -2, 2 },
        { Initialization.TruncatedNormal, 0.5f, 1, -6, 2 },
        { Initialization.TruncatedNormal, 0.5f, 1, 0.5f, 0.75f },
        { Initialization.TruncatedNormal, 2, 1, 9, 12 },
        { Initialization.TruncatedNormal, 2, 1, -12, -9 },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void MeanVarianceAndBoundsAreTheDistributions(Initialization kind, float scale, float shift, float low, float high)
    {
        float[] values = Fill(Definition(kind, scale) with { Shift = shift, Low = low, High = high });
        (double mean, double variance, double fourth) = Moments(kind, low, high);
        double average = values.Average(value => (double)value), spread = values.Average(value => Math.Pow((value - shift) / scale - mean, 2));
        average.ShouldBe(shift + (scale * mean), 5 * scale * Math.Sqrt(variance / Count) + 1e-6);
        spread.ShouldBe(variance, 5 * Math.Sqrt((fourth - (variance * variance)) / Count) + (1e-5 * variance));
        (double least, double most) = kind switch
        {
            Initialization.Uniform => (-1, 1),
            Initialization.TruncatedNormal => (low, high),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        // A float is off by half a unit in its last place.
        values.Count(value => value < shift + (scale * least) - 1e-6 || value > shift + (scale * most) + 1e-6).ShouldBe(0);
        values.Zip(values.Skip(1), (a, b) => (a - average) * (b - average)).Average().ShouldBe(0, 5 * scale * scale * variance / Math.Sqrt(Count));
    }

    [Fact]
    public void TheNormalQuantileIsTheInverseOfTheDistribution()
    {
        for (double x = -8; x < 8; x += 0.01)
        {
            double share = NormalDistribution.Below(x), density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
            // What the reference is known to: the last place, near 0 a series of some twenty terms that is added to a half.
            double known = Math.Max(2e-16 * share, Math.Abs(x) <= 3 ? 1e-15 : 0);
            NormalQuantile.Of(share).ShouldBe(x, (1e-14 * Math.Abs(x)) + 1e-14 + (known / density));
            // A share far out changes by x times as much, relatively, as the value, which is itself known to a unit in the last of its digits.
            NormalQuantile.ShareBelow(x).ShouldBe(share, (1e-14 * (1 + (x * x)) * share) + known);
        }
        NormalQuantile.ShareBelow(-40).ShouldBe(0, 1e-60);
        NormalQuantile.ShareBelow(40).ShouldBe(1);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(7, 130)]
    [InlineData(130, 7)]
    [InlineData(1, 5)]
    [InlineData(300, 520)]
    public void RowsOrColumnsOfOrthogonalWeightsAreOrthogonal(int rows, int columns)
    {
        const float gain = 1.5f;
        float[] w = Fill(Definition(Initialization.Orthogonal, gain, rows, columns));
        int vectors = Math.Min(rows, columns), length = Math.Max(rows, columns);
        double At(int vector, int i) => rows <= columns ? w[(vector * columns) + i] : w[(i * columns) + vector];
        double worst = 0;
        for (var a = 0; a < vectors; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                double product = 0;
                for (var i = 0; i < length; i++)
                    product += At(a, i) * At(b, i);
                worst = Math.Max(worst, Math.Abs(product - (a == b ? gain * gain : 0)));
            }
        }
        worst.ShouldBeLessThan(1e-6);
    }

    /// <summary>Over all seeds every place of an orthogonal matrix has mean 0 and variance 1/length: no direction is preferred, no sign fixed.</summary>
    [Fact]
    public void OrthogonalWeightsPreferNoDirection()
    {
        const int Size = 5, Seeds = 1000;
        double[] sums = new double[Size * Size], squares = new double[Size * Size];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            float[] w = Fill(Definition(Initialization.Orthogonal, 1, Size, Size), seed);
            for (var i = 0; i < w.Length; i++)
                (sums[i], squares[i]) = (sums[i] + w[i], squares[i] + (w[i] * (double)w[i]));
        }
        // The fourth moment of a coordinate of a random direction is 3/(n(n + 2)).
        sums.ShouldAllBe(sum => Math.Abs(sum / Seeds) < 5 * Math.Sqrt(1.0 / Size / Seeds));
        squares.ShouldAllBe(square => Math.Abs((square / Seeds) - (1.0 / Size)) < 5 * Math.Sqrt((3.0 / (Size * (Size + 2)) - (1.0 / Size / Size)) / Seeds));
    }

    [Fact]
    public void ConstantsAreTheirValue()
    {
        Fill(Definition(Initialization.Constant, -0.25f)).ShouldAllBe(value => value == -0.25f);
        Fill(Definition(Initialization.Ones, 0)).ShouldAllBe(value => value == 1);
        Fill(Definition(Initialization.Zeros, 0)).ShouldAllBe(value => value == 0);
    }

    /// <summary>Large enough for several threads, which share the work otherwise each time, and in any layout.</summary>
    [Theory]
    [InlineData(Initialization.Normal, 1100, 1000)]
    [InlineData(Initialization.TruncatedNormal, 1100, 1000)]
    [InlineData(Initialization.Orthogonal, 150, 7200)]
    public void ValuesHangOnTheSeedAndNotOnThreadsOrLayout(Initialization kind, int rows, int columns)
    {
        ParameterDefinition plain = Definition(kind, 0.5f, rows, columns) with { Low = -1, High = 2 };
        ParameterDefinition turned = plain with { Layout = [new Stride(rows, 1), new Stride(columns, rows)] };
        float[] values = Fill(plain);
        Fill(plain).AsSpan().SequenceEqual(values).ShouldBeTrue();
        Fill(plain, seed: 8).AsSpan().SequenceEqual(values).ShouldBeFalse();
        float[] other = Fill(turned);
        var wrong = 0;
        for (var i = 0; i < values.Length; i++)
            wrong += values[i] == other[(i % columns * rows) + (i / columns)] ? 0 : 1;
        wrong.ShouldBe(0);
    }

    private static ParameterDefinition Definition(Initialization kind, float scale, int rows = Rows, int columns = Columns) =>
        new("w", new Shape(rows, columns), 0, [new Stride(rows, columns), new Stride(columns, 1)], kind, scale, true);

    private static float[] Fill(ParameterDefinition parameter, ulong seed = 7)
    {
        int count = parameter.Shape.Size;
        var values = new AlignedBuffer(count);
        ParameterInitializer.Fill(new PerceptronProgram(4, 3, grouped: true).Definition with { Parameters = [parameter], ParameterBytes = (long)sizeof(float) * count }, values, seed);
        return values.Span[..count].ToArray();
    }

    /// <summary>Mean, variance and fourth central moment of the numbers before they are scaled, by Simpson's rule.</summary>
    private static (double Mean, double Variance, double Fourth) Moments(Initialization kind, double low, double high)
    {
        (double from, double to) = kind switch { Initialization.Uniform => (-1, 1), Initialization.Normal => (-12, 12), _ => (low, high) };
        double Density(double x) => kind == Initialization.Uniform ? 1 : Math.Exp(-x * x / 2);
        double whole = Integral(Density), mean = Integral(x => x * Density(x)) / whole;
        return (mean, Integral(x => Math.Pow(x - mean, 2) * Density(x)) / whole, Integral(x => Math.Pow(x - mean, 4) * Density(x)) / whole);

        double Integral(Func<double, double> function)
        {
            const int Steps = 20_000;
            double step = (to - from) / Steps;
            return Enumerable.Range(0, Steps + 1).Sum(i => function(from + (i * step)) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2)) * step / 3;
        }
    }
}
