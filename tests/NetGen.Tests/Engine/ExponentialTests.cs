using NetGen.Engine;

namespace NetGen.Tests.Engine;

/// <summary>The exponential at every vector width, against double precision.</summary>
public sealed class ExponentialTests
{
    [Fact]
    public void Sixteen() => Check<Lanes512>();

    [Fact]
    public void Eight() => Check<Lanes256>();

    [Fact]
    public void Four() => Check<Lanes128>();

    private static void Check<T>() where T : struct, ILanes<T>
    {
        var given = new float[16];
        var result = new float[16];
        double worst = 0;
        for (var start = 0; start < 16 * 6000; start += 16)
        {
            for (var i = 0; i < 16; i++)
                given[i] = -(start + i) * (87.3f / (16 * 6000));
            Apply();
            for (var i = 0; i < 16; i++)
            {
                double exact = Math.Exp(given[i]);
                worst = Math.Max(worst, Math.Abs(result[i] - exact) / (MathF.BitIncrement((float)exact) - (float)exact));
            }
        }
        worst.ShouldBeLessThan(2);

        given = [0, -87.4f, -100, -1e30f, float.NegativeInfinity, float.NaN, -0f, -1e-30f, .. new float[8]];
        Apply();
        result[0].ShouldBe(1);
        result[1..5].ShouldBe([0, 0, 0, 0]);
        result[5].ShouldBe(float.NaN);
        result[6..8].ShouldBe([1, 1]);

        void Apply()
        {
            for (var i = 0; i < 16; i += T.Count)
                Exponential.OfNonPositive(T.Load(ref given[0], i)).Store(ref result[0], i);
        }
    }
}
