using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>Convolutions of each channel by itself, and their gradients.</summary>
internal static class WideDepthwiseCases
{
    private static readonly (Target Target, int Kernel, int Stride)[] Kinds =
    [
        (Target.Output, 3, 1), (Target.Output, 5, 1), (Target.Output, 0, 0),
        (Target.Weight, 3, 1), (Target.Weight, 5, 1), (Target.Weight, 0, 0),
        (Target.Input, 3, 1), (Target.Input, 5, 1), (Target.Input, 0, 2),
    ];

    /// <summary>How many kinds of calls there are.</summary>
    public static int Count => Kinds.Length;

    /// <summary>How many methods they are: of the three forms that each has for a line, a line and tiles of four sizes, a weight gradient and its sums; and a gradient by phases.</summary>
    public static int MethodCount => (3 * 8) + 1;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (Target target, int kernel, int stride) = Kinds[method];
        // Some lines come out even in tiles of seven, and some do not.
        int[] lengths = [7, 13, 14, 13, 5, 21];
        WideAxis columns = Axis(draw, kernel, stride, lengths[draw.Random.Next(lengths.Length)]), rows = Axis(draw, kernel, stride, draw.Extent());
        WideMemory x = draw.Memory(rows.Input, columns.Input), y = draw.Memory(rows.Output, columns.Output);
        return target switch
        {
            Target.Output => Forward(draw, rows, columns, x, y),
            Target.Input => InputGradient(draw, rows, columns, x, y),
            _ => WeightGradient(draw, rows, columns, x, y),
        };
    }

    /// <summary>A kernel or stride of 0 is any, at least 2 for a stride of 2; the length is the output's.</summary>
    private static WideAxis Axis(WideDraw draw, int kernel, int stride, int output)
    {
        bool anyKernel = kernel == 0;
        (kernel, stride) = (anyKernel ? draw.Random.Next(1, 6) : kernel, stride == 1 ? 1 : draw.Random.Next(Math.Max(1, stride), 4));
        // Methods of a known kernel have no dilation.
        int dilation = stride == 1 && anyKernel && draw.Random.Next(2) == 0 ? draw.Random.Next(2, 4) : 1, reach = ((kernel - 1) * dilation) + 1;
        int before = draw.Random.Next(kernel), after = draw.Random.Next(kernel);
        int input = Math.Max(1, ((output - 1) * stride) + reach - before - after + draw.Random.Next(stride));
        return new((Math.Max(0, input + before + after - reach) / stride) + 1, kernel, input, stride, before, dilation);
    }

    private static WideCallCase Forward(WideDraw draw, WideAxis rows, WideAxis columns, WideMemory x, WideMemory y)
    {
        var epilogue = new WideEpilogue(draw.Random.Next(2) == 0, draw.Random.Next(3) == 0, (WideOther)draw.Random.Next(2));
        (WideOperand image, WideMemory other) = (WithZeros(draw, x, WideHalo.Of(rows.Halo, columns.Halo)), draw.Memory(rows.Output, columns.Output));
        return new(
            DepthwiseCalls.Of(new(Target.Output, draw.Channels, rows, columns, image.Memory.Steps, y.Steps, epilogue with { OtherSteps = other.Steps })), draw.Samples,
            [
                image, draw.PerChannel(WideAccess.Read, rows.Kernel * columns.Kernel), draw.Image(y, epilogue.Adds ? WideAccess.Update : WideAccess.Write), draw.PerChannel(WideAccess.Read),
                draw.Image(other, WideAccess.Read),
            ],
            before => (_, n, r, q, k) =>
            {
                WideSum sum = default;
                foreach ((int row, int column, int tap) in Taps(rows, columns, r, q))
                    sum += before(0, n, row, column, k) * before(1, 0, tap, 0, k);
                if (epilogue.Bias)
                    sum += before(3, 0, 0, 0, k);
                if (epilogue.Adds)
                    sum += before(2, n, r, q, k);
                return epilogue.Other == WideOther.Add ? sum + before(4, n, r, q, k) : sum;
            });
    }

    private static WideCallCase InputGradient(WideDraw draw, WideAxis rows, WideAxis columns, WideMemory x, WideMemory y)
    {
        var epilogue = new WideEpilogue(Adds: draw.Random.Next(3) == 0, Other: draw.Random.Next(2) == 0 ? WideOther.None : WideOther.Mask);
        (WideOperand image, WideMemory other) = (WithZeros(draw, y, WideHalo.Of(rows.GradientHalo, columns.GradientHalo)), draw.Memory(rows.Input, columns.Input));
        return new(
            DepthwiseCalls.Of(new(Target.Input, draw.Channels, rows, columns, x.Steps, image.Memory.Steps, epilogue with { OtherSteps = other.Steps })), draw.Samples,
            [
                image, draw.PerChannel(WideAccess.Read, rows.Kernel * columns.Kernel), draw.Image(x, epilogue.Adds ? WideAccess.Update : WideAccess.Write), draw.PerChannel(WideAccess.Read),
                draw.Image(other, WideAccess.Read),
            ],
            before =>
            {
                var sums = new WideSum[draw.Samples, rows.Input, columns.Input, WideConvolution.Padded(draw.Channels)];
                foreach ((int n, int r, int q, int k) in Outputs(draw, rows, columns))
                {
                    foreach ((int row, int column, int tap) in Taps(rows, columns, r, q))
                        sums[n, row, column, k] += before(0, n, r, q, k) * before(1, 0, tap, 0, k);
                }
                return (_, n, r, q, k) =>
                {
                    WideSum sum = epilogue.Adds ? sums[n, r, q, k] + before(2, n, r, q, k) : sums[n, r, q, k];
                    return epilogue.Other == WideOther.Mask && !(before(4, n, r, q, k) > 0) ? default : sum;
                };
            });
    }

    private static WideCallCase WeightGradient(WideDraw draw, WideAxis rows, WideAxis columns, WideMemory x, WideMemory y)
    {
        WideOperand image = WithZeros(draw, x, WideHalo.Of(rows.Halo, columns.Halo));
        return new(
            DepthwiseCalls.Of(new(Target.Weight, draw.Channels, rows, columns, image.Memory.Steps, y.Steps, new())), draw.Samples,
            [image, draw.Image(y, WideAccess.Read), draw.PerChannel(WideAccess.Write, rows.Kernel * columns.Kernel)],
            before =>
            {
                var sums = new WideSum[rows.Kernel * columns.Kernel, WideConvolution.Padded(draw.Channels)];
                foreach ((int n, int r, int q, int k) in Outputs(draw, rows, columns))
                {
                    foreach ((int row, int column, int tap) in Taps(rows, columns, r, q))
                        sums[tap, k] += before(0, n, row, column, k) * before(1, n, r, q, k);
                }
                return (_, _, r, _, k) => sums[r, k];
            });
    }

    private static WideOperand WithZeros(WideDraw draw, WideMemory memory, WideHalo zeros) =>
        draw.Image(memory.WithHalo(memory.Halo.And(zeros)), WideAccess.Read) with { Zeros = zeros };

    private static IEnumerable<(int Sample, int Row, int Column, int Channel)> Outputs(WideDraw draw, WideAxis rows, WideAxis columns) =>
        from n in Enumerable.Range(0, draw.Samples)
        from r in Enumerable.Range(0, rows.Output)
        from q in Enumerable.Range(0, columns.Output)
        from k in Enumerable.Range(0, draw.Channels)
        select (n, r, q, k);

    /// <summary>The inputs of an output, and the number of the tap that each meets.</summary>
    private static IEnumerable<(int Row, int Column, int Tap)> Taps(WideAxis rows, WideAxis columns, int r, int q) =>
        from kh in Enumerable.Range(0, rows.Kernel)
        from kw in Enumerable.Range(0, columns.Kernel)
        let row = (r * rows.Stride) + (kh * rows.Dilation) - rows.Before
        let column = (q * columns.Stride) + (kw * columns.Dilation) - columns.Before
        where row >= 0 && row < rows.Input && column >= 0 && column < columns.Input
        select (row, column, (kh * columns.Kernel) + kw);
}
