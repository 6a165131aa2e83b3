using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>Poolings whose windows are not all alike, and their gradients.</summary>
internal static class WideUnevenPoolingCases
{
    /// <summary>How many methods there are.</summary>
    public const int Count = 4;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        ((WideAxis Axis, UnevenAxis Windows) rows, (WideAxis Axis, UnevenAxis Windows) columns) = (Axis(draw), Axis(draw));
        var windows = new UnevenWindows(rows.Windows, columns.Windows);
        return method switch
        {
            0 or 1 => Forward(draw, rows.Axis, columns.Axis, windows, isMax: method == 0),
            2 => MaxGradient(draw, rows.Axis, columns.Axis, windows),
            _ => MeanGradient(draw, rows.Axis, columns.Axis, windows),
        };
    }

    /// <summary>Parts of the input as equal as can be, or windows that slide and reach beyond it.</summary>
    private static (WideAxis, UnevenAxis) Axis(WideDraw draw)
    {
        int input = draw.Extent();
        if (draw.Random.Next(2) == 0)
        {
            int parts = draw.Random.Next(1, input + 3);
            return (new(parts, (input + parts - 1) / parts, input), new(input, parts, 0, input + parts - 1, 0, input));
        }
        int kernel = draw.Random.Next(1, 5), stride = draw.Random.Next(1, 4), before = draw.Random.Next((kernel / 2) + 1), after = draw.Random.Next((kernel / 2) + 1);
        bool counts = draw.Random.Next(2) == 0;
        return (new(((input + before - 1) / stride) + 1, kernel, input, stride, before), new(stride, 1, before, kernel - before, counts ? before : 0, counts ? input + after : input));
    }

    private static WideCallCase Forward(WideDraw draw, WideAxis rows, WideAxis columns, UnevenWindows windows, bool isMax)
    {
        WideMemory x = draw.Memory(rows.Input, columns.Input), y = draw.Memory(rows.Output, columns.Output);
        return new(
            UnevenPoolingCalls.Of(new PixelPooling(isMax, draw.Channels, rows, columns, x.Steps, y.Steps), windows), draw.Samples,
            [draw.Image(x, WideAccess.Read), draw.Image(y, WideAccess.Write)],
            before => (_, n, r, q, k) =>
            {
                double[] values = [.. Window(rows, columns, windows, r, q).Select(tap => before(0, n, tap.Row, tap.Column, k))];
                double share = Share(windows, r, q);
                return isMax ? new(values.Max(), 0) : new(values.Sum() * share, values.Sum(Math.Abs) * share);
            });
    }

    private static WideCallCase MeanGradient(WideDraw draw, WideAxis rows, WideAxis columns, UnevenWindows windows)
    {
        WideMemory dy = draw.Memory(rows.Output, columns.Output), dx = draw.Memory(rows.Input, columns.Input);
        return new(
            UnevenPoolingCalls.Of(new PixelPoolingGradient(false, false, draw.Channels, rows, columns, default, default, dy.Steps, dx.Steps), windows), draw.Samples,
            [draw.Image(dy, WideAccess.Read), draw.Image(dx, WideAccess.Write)],
            before => WidePoolingCases.Scatter(draw, rows, columns, (n, r, q, k) =>
                [.. Window(rows, columns, windows, r, q).Select(tap => (tap.Row, tap.Column, before(0, n, r, q, k) * Share(windows, r, q)))]));
    }

    private static WideCallCase MaxGradient(WideDraw draw, WideAxis rows, WideAxis columns, UnevenWindows windows)
    {
        WideMemory x = draw.Memory(rows.Input, columns.Input), y = draw.Memory(rows.Output, columns.Output);
        WideMemory dy = draw.Memory(rows.Output, columns.Output), dx = draw.Memory(rows.Input, columns.Input);
        bool masks = draw.Random.Next(2) == 0;
        WideOperand largest = draw.Image(y, WideAccess.Read) with
        {
            Draw = (_, value, place) => (float)Window(rows, columns, windows, place.Row, place.Column).Max(tap => value(0, place.Sample, tap.Row, tap.Column, place.Channel)),
        };
        return new(
            UnevenPoolingCalls.Of(new PixelPoolingGradient(true, masks, draw.Channels, rows, columns, x.Steps, y.Steps, dy.Steps, dx.Steps), windows), draw.Samples,
            [draw.Image(x, WideAccess.Read, WideDraw.FewNumbers), largest, draw.Image(dy, WideAccess.Read), draw.Image(dx, WideAccess.Write)],
            before => WidePoolingCases.Scatter(draw, rows, columns, (n, r, q, k) =>
            {
                (int row, int column) = Window(rows, columns, windows, r, q).First(tap => before(0, n, tap.Row, tap.Column, k) == before(1, n, r, q, k));
                return masks && !(before(1, n, r, q, k) > 0) ? [] : [(row, column, before(2, n, r, q, k))];
            }));
    }

    private static double Share(UnevenWindows windows, int r, int q) => 1.0 / (Counted(windows.Rows, r) * Counted(windows.Columns, q));

    private static double Counted(UnevenAxis axis, int o) =>
        Enumerable.Range(-8, 64).Count(place => place >= From(axis, o) && place < Past(axis, o) && place >= -axis.CountedBefore && place < axis.CountedPast);

    private static int From(UnevenAxis axis, int o) => (int)Math.Floor(((o * axis.Step) - axis.Before) / (double)axis.Parts);

    private static int Past(UnevenAxis axis, int o) => (int)Math.Floor(((o * axis.Step) + axis.Reach) / (double)axis.Parts);

    /// <summary>A window's inputs, row by row.</summary>
    private static IEnumerable<(int Row, int Column)> Window(WideAxis rows, WideAxis columns, UnevenWindows windows, int r, int q) =>
        from row in Enumerable.Range(0, rows.Input)
        where row >= From(windows.Rows, r) && row < Past(windows.Rows, r)
        from column in Enumerable.Range(0, columns.Input)
        where column >= From(windows.Columns, q) && column < Past(windows.Columns, q)
        select (row, column);
}
