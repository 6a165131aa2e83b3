using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Long sums keep what rounding takes from them: over tens of thousands of pixels nothing is lost but what a float has no room for.</summary>
public class WideExactTests
{
    private const int Channels = 40;
    private const int Padded = 48;
    private const int Samples = 2;

    /// <summary>Levels, and extents: long lines, and lines shorter than what is summed at a time.</summary>
    public static TheoryData<string, int, int, int> Shapes
    {
        get
        {
            var data = new TheoryData<string, int, int, int>();
            foreach (WideLevel level in WideLevel.All)
            {
                data.Add(level.ClassName, 160, 150, 0);
                data.Add(level.ClassName, 160, 150, 1);
                data.Add(level.ClassName, 3500, 7, 1);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_bias_gradient_is_rounded_once(string level, int height, int width, int halo)
    {
        WideMemory memory = Memory(height, width, halo);
        float[] dy = Draw(memory, 1), db = new float[Padded];

        Call(level, NormalizationCalls.BiasGradient(Channels, height, width, memory.Steps), [dy, db], memory.Origin);

        for (var k = 0; k < Channels; k++)
            Math.Abs(db[k] - Mean(memory, dy, k) * Samples * height * width).ShouldBeLessThanOrEqualTo(6e-8 * db[k]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_mean_and_its_rest_are_the_mean_of_values_far_from_zero(string level, int height, int width, int halo)
    {
        WideMemory memory = Memory(height, width, halo);
        float[] x = Draw(memory, 500), statistics = new float[3 * Padded];

        Call(level, NormalizationCalls.BatchStatistics(Channels, height, width, memory.Steps, 0, 0.1), [x, new float[Padded], new float[Padded], statistics], memory.Origin);

        for (var k = 0; k < Channels; k++)
        {
            double mean = Mean(memory, x, k), variance = Places(memory).Average(place => Math.Pow(x[place + k] - mean, 2));
            Math.Abs(statistics[k] + (double)statistics[k + (2 * Padded)] - mean).ShouldBeLessThanOrEqualTo(1e-9 * mean);
            (statistics[k + Padded] * Math.Sqrt(variance)).ShouldBe(1, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_mean_gradient_and_its_rest_are_the_mean(string level, int height, int width, int halo)
    {
        WideMemory memory = Memory(height, width, halo);
        float[] x = Draw(memory, 0), dy = Draw(memory, 1), statistics = new float[3 * Padded], sums = new float[3 * Padded];

        Call(
            level, NormalizationCalls.NormalizeParameterGradient(Channels, height, width, memory.Steps, memory.Steps),
            [x, dy, statistics, new float[Padded], new float[Padded], sums], memory.Origin, memory.Origin);

        for (var k = 0; k < Channels; k++)
            Math.Abs(sums[k] + (double)sums[k + Padded] - Mean(memory, dy, k)).ShouldBeLessThanOrEqualTo(1e-12);
    }

    private static WideMemory Memory(int height, int width, int halo) => new(Channels, height, width, Padded, new(halo, halo, halo, halo), (0, 0));

    /// <summary>Multiples of 1/1024 between the offset and 1 more, so that short sums are exact.</summary>
    private static float[] Draw(WideMemory memory, int offset)
    {
        var random = new Random(offset);
        return [.. Enumerable.Range(0, memory.Floats(Samples)).Select(_ => offset + (random.Next(1024) / 1024f))];
    }

    private static void Call(string level, WideCall call, float[][] arrays, params int[] origins)
    {
        SharedCall shared = new WideCallAssembly([call], WideLevel.All.Single(one => one.ClassName == level))[0];
        ref float At(int i) => ref arrays[Math.Min(i, arrays.Length - 1)][i < origins.Length ? origins[i] : 0];
        shared(ref At(0), ref At(1), ref At(2), ref At(3), ref At(4), ref At(5), Samples, 0, call.Pieces.Of(Samples), 0, 0);
    }

    private static double Mean(WideMemory memory, float[] values, int channel) => Places(memory).Average(place => (double)values[place + channel]);

    private static IEnumerable<int> Places(WideMemory memory) =>
        from n in Enumerable.Range(0, Samples) from r in Enumerable.Range(0, memory.Height) from q in Enumerable.Range(0, memory.Width) select memory.Origin + memory.Place(n, r, q, 0);
}
