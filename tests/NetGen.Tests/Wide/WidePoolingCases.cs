using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Poolings and their gradients.</summary>
internal static class WidePoolingCases
{
    /// <summary>How many methods there are, and how often each is drawn with windows that are apart.</summary>
    public const int Count = 6;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        bool isApart = method is 4 or 5;
        WideAxis rows = Axis(draw, isApart), columns = Axis(draw, isApart);
        return method switch
        {
            0 => Forward(draw, rows, columns, isMax: true),
            1 => Forward(draw, rows, columns, isMax: false),
            3 or 5 => MeanGradient(draw, rows, columns),
            _ => MaxGradient(draw, rows, columns),
        };
    }

    private static WideAxis Axis(WideDraw draw, bool isApart)
    {
        int kernel = draw.Random.Next(1, 5), stride = isApart ? kernel + draw.Random.Next(2) : draw.Random.Next(1, 4);
        int before = draw.Random.Next(2) == 0 ? 0 : draw.Random.Next((kernel / 2) + 1);
        int input = Math.Max(kernel, draw.Extent()), after = draw.Random.Next(2) == 0 ? 0 : before;
        if (draw.Random.Next(8) == 0)
            return new(1, input, input);
        return new(((input + before + after - kernel) / stride) + 1, kernel, input, stride, before);
    }

    private static WideCallCase Forward(WideDraw draw, WideAxis rows, WideAxis columns, bool isMax)
    {
        WideMemory x = draw.Memory(rows.Input, columns.Input), y = draw.Memory(rows.Output, columns.Output);
        return new(
            isMax ? PoolingCalls.MaxPool(draw.Channels, rows, columns, x.Steps, y.Steps) : PoolingCalls.AveragePool(draw.Channels, rows, columns, x.Steps, y.Steps), draw.Samples,
            [draw.Image(x, WideAccess.Read), draw.Image(y, WideAccess.Write)],
            before => (_, n, r, q, k) =>
            {
                double[] values = [.. Window(rows, columns, r, q).Select(tap => before(0, n, tap.Row, tap.Column, k))];
                double share = 1.0 / (rows.Kernel * columns.Kernel);
                return isMax ? new(values.Max(), 0) : new(values.Sum() * share, values.Sum(Math.Abs) * share);
            });
    }

    private static WideCallCase MeanGradient(WideDraw draw, WideAxis rows, WideAxis columns)
    {
        WideMemory dy = draw.Memory(rows.Output, columns.Output), dx = draw.Memory(rows.Input, columns.Input);
        return new(
            PoolingCalls.AveragePoolGradient(draw.Channels, rows, columns, dy.Steps, dx.Steps), draw.Samples, [draw.Image(dy, WideAccess.Read), draw.Image(dx, WideAccess.Write)],
            before => Scatter(draw, rows, columns, (n, r, q, k) =>
                [.. Window(rows, columns, r, q).Select(tap => (tap.Row, tap.Column, before(0, n, r, q, k) / (rows.Kernel * columns.Kernel)))]));
    }

    private static WideCallCase MaxGradient(WideDraw draw, WideAxis rows, WideAxis columns)
    {
        WideMemory x = draw.Memory(rows.Input, columns.Input), y = draw.Memory(rows.Output, columns.Output);
        WideMemory dy = draw.Memory(rows.Output, columns.Output), dx = draw.Memory(rows.Input, columns.Input);
        bool masks = draw.Random.Next(2) == 0;
        WideOperand largest = draw.Image(y, WideAccess.Read) with
        {
            Draw = (_, value, place) => (float)Window(rows, columns, place.Row, place.Column).Max(tap => value(0, place.Sample, tap.Row, tap.Column, place.Channel)),
        };
        return new(
            PoolingCalls.MaxPoolGradient(draw.Channels, rows, columns, x.Steps, y.Steps, dy.Steps, dx.Steps, masks), draw.Samples,
            [draw.Image(x, WideAccess.Read, WideDraw.FewNumbers), largest, draw.Image(dy, WideAccess.Read), draw.Image(dx, WideAccess.Write)],
            before => Scatter(draw, rows, columns, (n, r, q, k) =>
            {
                (int row, int column) = Window(rows, columns, r, q).First(tap => before(0, n, tap.Row, tap.Column, k) == before(1, n, r, q, k));
                return masks && !(before(1, n, r, q, k) > 0) ? [] : [(row, column, before(2, n, r, q, k))];
            }));
    }

    /// <summary>What each output adds to inputs.</summary>
    public static WideExpected Scatter(WideDraw draw, WideAxis rows, WideAxis columns, Func<int, int, int, int, (int Row, int Column, double Part)[]> parts)
    {
        int channels = WideConvolution.Padded(draw.Channels);
        var sums = new WideSum[draw.Samples, rows.Input, columns.Input, channels];
        foreach ((int n, int r, int q, int k) in
            from n in Enumerable.Range(0, draw.Samples)
            from r in Enumerable.Range(0, rows.Output)
            from q in Enumerable.Range(0, columns.Output)
            from k in Enumerable.Range(0, channels)
            select (n, r, q, k))
        {
            foreach ((int row, int column, double part) in parts(n, r, q, k))
                sums[n, row, column, k] += part;
        }
        return (_, n, r, q, k) => sums[n, r, q, k];
    }

    /// <summary>A window's inputs, row by row.</summary>
    private static IEnumerable<(int Row, int Column)> Window(WideAxis rows, WideAxis columns, int r, int q) =>
        from kh in Enumerable.Range(0, rows.Kernel)
        from kw in Enumerable.Range(0, columns.Kernel)
        let row = (r * rows.Stride) + kh - rows.Before
        let column = (q * columns.Stride) + kw - columns.Before
        where row >= 0 && row < rows.Input && column >= 0 && column < columns.Input
        select (row, column);
}
