using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>Pixels moved, repeated and mixed, and their gradients.</summary>
internal static class WideResamplingCases
{
    /// <summary>How many methods there are, and how many they have in common.</summary>
    public const int Count = 2, HelperCount = 1;

    private static readonly ResamplingKind[] Kinds = Enum.GetValues<ResamplingKind>();

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        ResamplingKind kind = Kinds[draw.Random.Next(Kinds.Length)];
        ResampledAxis rows = Axis(draw, kind), columns = Axis(draw, kind);
        WideMemory small = draw.Memory(rows.Input, columns.Input), large = draw.Memory(rows.Output, columns.Output);
        WideCall call = ResamplingCalls.Of(new PixelResampling(method == 1, new Resampling(kind, rows, columns), draw.Channels, small.Steps, large.Steps));
        return method == 0
            ? new(call, draw.Samples, [draw.Image(small, WideAccess.Read), draw.Image(large, WideAccess.Write)], before => (_, n, r, q, k) => Taps(kind, rows, r)
                .SelectMany(_ => Taps(kind, columns, q), (row, column) => row.Weight * column.Weight * before(0, n, row.Place, column.Place, k)).Aggregate(default(WideSum), (sum, term) => sum + term))
            : new(call, draw.Samples, [draw.Image(large, WideAccess.Read), draw.Image(small, WideAccess.Write)], before => Scatter(draw, kind, rows, columns, before));
    }

    private static ResampledAxis Axis(WideDraw draw, ResamplingKind kind)
    {
        int input = draw.Extent(), step = draw.Random.Next(1, 4);
        if (kind is ResamplingKind.Nearest or ResamplingKind.Bilinear)
            return new(input, input * step, 0, step);
        int most = kind switch { ResamplingKind.Reflect => input - 1, ResamplingKind.Circular => input, _ => 4 };
        int Edge() => kind == ResamplingKind.Zeros ? draw.Random.Next(-((input - 1) / 2), 4) : draw.Random.Next(Math.Min(most, 4) + 1);
        (int before, int after) = (Edge(), Edge());
        step = kind == ResamplingKind.Zeros ? step : 1;
        return new(input, ((input + before + after - 1) / step) + 1, before, step);
    }

    /// <summary>What each output adds to inputs.</summary>
    private static WideExpected Scatter(WideDraw draw, ResamplingKind kind, ResampledAxis rows, ResampledAxis columns, WideValue before)
    {
        var sums = new WideSum[draw.Samples, rows.Input, columns.Input, WideConvolution.Padded(draw.Channels)];
        for (var r = 0; r < rows.Output; r++)
        {
            for (var q = 0; q < columns.Output; q++)
            {
                foreach ((int row, double down) in Taps(kind, rows, r))
                {
                    foreach ((int column, double along) in Taps(kind, columns, q))
                    {
                        for (var n = 0; n < draw.Samples; n++)
                        {
                            for (var k = 0; k < draw.Channels; k++)
                                sums[n, row, column, k] += down * along * before(0, n, r, q, k);
                        }
                    }
                }
            }
        }
        return (_, n, r, q, k) => sums[n, r, q, k];
    }

    /// <summary>The inputs that an output is made of; pixels are squares of the same image.</summary>
    private static (int Place, double Weight)[] Taps(ResamplingKind kind, ResampledAxis axis, int output)
    {
        int place = (output * axis.Step) - axis.Before, last = axis.Input - 1;
        double centre = Math.Max(0, ((output + 0.5) / axis.Step) - 0.5);
        int floor = (int)Math.Floor(centre);
        return kind switch
        {
            ResamplingKind.Reflect => [(place < 0 ? -place : place > last ? (2 * last) - place : place, 1)],
            ResamplingKind.Replicate => [(Math.Clamp(place, 0, last), 1)],
            ResamplingKind.Circular => [((place + axis.Input) % axis.Input, 1)],
            ResamplingKind.Nearest => [(output / axis.Step, 1)],
            ResamplingKind.Bilinear => [(floor, 1 - (centre - floor)), (Math.Min(floor + 1, last), centre - floor)],
            _ => place < 0 || place > last ? [] : [(place, 1)],
        };
    }
}
