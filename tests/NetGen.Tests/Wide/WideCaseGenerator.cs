using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Draws layers and the memory around them. The same seed gives the same case.</summary>
internal static class WideCaseGenerator
{
    private static readonly int[] Channels = [1, 3, 5, 10, 16, 17, 20, 32, 33, 40, 48, 64, 72, 100];
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17, 21, 27, 28, 30];

    public static IReadOnlyList<WideCase> Draw(int seed, int count) => [.. Enumerable.Range(0, count).Select(i => Draw(new Random((seed * 100_003) + i)))];

    /// <summary>3×3 convolutions without strides and their gradients, by Winograd's transformations.</summary>
    public static IReadOnlyList<WideCase> DrawWinograd(int seed, int count) => [.. Enumerable.Range(0, count).Select(i => DrawWinograd(new Random((seed * 100_003) + i)))];

    private static WideCase DrawWinograd(Random random) => random.Next(3) == 0 ? DrawWinogradSums(random) : DrawWinogradProduct(random);

    /// <summary>Weight gradients, of maps that have some tens of tiles.</summary>
    private static WideCase DrawWinogradSums(Random random)
    {
        WideAxis rows = Window(random, smallest: 8), columns = Window(random, smallest: 8);
        var c = new WideConvolution(Pick(random, [8, 12, 20, 32, 36, 100]), Pick(random, [17, 32, 60, 64, 118, 150]), rows, columns);
        bool isDense = random.Next(2) == 0;
        WideMemory x = Memory(random, c.In, rows.Input, columns.Input, WideHalo.Of(rows.Halo, columns.Halo), true, isDense);
        WideMemory y = Memory(random, c.Out, rows.Output, columns.Output, default, true, isDense);
        return new(WideKind.WeightGradient, c, x, y, y, new(), random.Next(1, 5), 0, false) { IsWinograd = true };
    }

    private static WideCase DrawWinogradProduct(Random random)
    {
        int[] channels = [17, 20, 32, 33, 40, 48, 64, 72, 100], few = [3, 10, 16, 17, 32, 40, 130];
        bool isGradient = random.Next(2) == 0;
        int read = Pick(random, few), written = Pick(random, channels);
        WideAxis rows = Window(random), columns = Window(random);
        var c = isGradient ? new WideConvolution(written, read, rows, columns) : new WideConvolution(read, written, rows, columns);
        WideEpilogue epilogue = isGradient
            ? new(random.Next(3) == 0, random.Next(3) == 0, (WideOther)random.Next(3))
            : Forward(random);
        bool isDense = random.Next(2) == 0;
        WideMemory x = Memory(random, c.In, rows.Input, columns.Input, isGradient ? default : WideHalo.Of(rows.Halo, columns.Halo), true, isDense);
        WideMemory y = Memory(random, c.Out, rows.Output, columns.Output, isGradient ? WideHalo.Of(rows.GradientHalo, columns.GradientHalo) : default, true, isDense);
        WideMemory target = isGradient ? x : y;
        WideMemory other = isDense && random.Next(2) == 0 ? target : Memory(random, target.Channels, target.Height, target.Width, default, true, false);
        return new(isGradient ? WideKind.InputGradient : WideKind.Forward, c, x, y, other, epilogue, random.Next(1, 5), 0, false) { IsWinograd = true };
    }

    /// <summary>Inputs and outputs are at least so many: two are what a tile writes.</summary>
    private static WideAxis Window(Random random, int smallest = 2)
    {
        int before = random.Next(0, 3), input = Math.Max(random.Next(smallest, 18), smallest + 2 - before), after = random.Next(0, 3);
        return new(input + before + after - 2, 3, input, 1, before);
    }

    private static WideCase Draw(Random random)
    {
        var kind = (WideKind)random.Next(3);
        bool isLinear = random.Next(6) == 0, isPlain = !isLinear && random.Next(4) == 0;
        int channelsIn = Pick(random, Channels), channelsOut = Pick(random, Channels);
        if (isLinear && random.Next(2) == 0)
            channelsIn = random.Next(1500, 4000);
        else if (isPlain && random.Next(6) == 0)
            (channelsIn, channelsOut) = random.Next(2) == 0 ? (1600, channelsOut) : (channelsIn, 1600);
        bool isDilated = random.Next(6) == 0;
        WideAxis rows = isLinear ? new(1, 1, 1) : Axis(random, isPlain, isDilated), columns = isLinear ? rows : Axis(random, isPlain, isDilated);
        if (channelsIn * channelsOut > 20_000 && !isLinear)
            (rows, columns) = (new(2, 1, 2), new(5, 1, 5));
        else if (random.Next(10) == 0 && !isLinear && !isPlain)
            (channelsIn, channelsOut) = (600, 20);
        var c = new WideConvolution(channelsIn, channelsOut, rows, columns);
        int samples = isLinear ? random.Next(1, 40) : random.Next(1, 4);
        bool isGradient = kind == WideKind.InputGradient;
        var epilogue = kind switch
        {
            WideKind.Forward => Forward(random),
            WideKind.InputGradient => new WideEpilogue(random.Next(3) == 0, random.Next(3) == 0, (WideOther)random.Next(3)),
            _ => new WideEpilogue(Adds: random.Next(2) == 0),
        };
        WideHalo xHalo = kind == WideKind.InputGradient ? default : WideHalo.Of(rows.Halo, columns.Halo);
        WideHalo yHalo = isGradient ? WideHalo.Of(rows.GradientHalo, columns.GradientHalo) : default;
        bool isDense = random.Next(2) == 0;
        WideMemory x = Memory(random, channelsIn, rows.Input, columns.Input, xHalo, isGradient, isDense);
        WideMemory y = Memory(random, channelsOut, rows.Output, columns.Output, yHalo, kind == WideKind.Forward || kind == WideKind.WeightGradient, isDense);
        WideMemory target = isGradient ? x : y;
        WideMemory other = isDense && random.Next(2) == 0 ? target : Memory(random, target.Channels, target.Height, target.Width, default, true, false);
        int strip = random.Next(2) == 0 ? 0 : random.Next(1, 12);
        return new(kind, c, x, y, other, epilogue, samples, strip, random.Next(2) == 0);
    }

    /// <summary>What follows a forward's sums. The gradient of a transposed convolution is one too, with a mask and nothing that is lowest.</summary>
    private static WideEpilogue Forward(Random random)
    {
        bool hasLowest = random.Next(2) == 0;
        WideOther other = random.Next(3) == 0 ? WideOther.Add : !hasLowest && random.Next(3) == 0 ? WideOther.Mask : WideOther.None;
        return new(random.Next(3) > 0, random.Next(3) == 0, other, default, hasLowest);
    }

    private static WideAxis Axis(Random random, bool isPlain, bool isDilated)
    {
        int input = Pick(random, Widths);
        if (isPlain)
            return new(input, 1, input);
        int kernel = random.Next(1, 6), stride = !isDilated && random.Next(3) == 0 ? random.Next(2, 5) : 1, dilation = isDilated ? random.Next(1, 5) : 1, before = random.Next(0, kernel), after = random.Next(0, kernel);
        int output = (Math.Max(0, input + before + after - ((kernel - 1) * dilation) - 1) / stride) + 1;
        return new(output, kernel, input, stride, before, dilation);
    }

    /// <summary>Vectors are stored and loaded where channels are whole blocks; a tensor that is only broadcast may have any step.</summary>
    private static WideMemory Memory(Random random, int channels, int height, int width, WideHalo halo, bool isVector, bool isDense)
    {
        int padded = (channels + 15) / 16 * 16;
        int pixel = isVector ? padded : random.Next(2) == 0 ? channels : padded;
        if (isDense)
            return new(channels, height, width, pixel, halo, (0, 0));
        WideHalo more = new(halo.Top + random.Next(2), halo.Bottom + random.Next(2), halo.Left + random.Next(2), halo.Right + random.Next(2));
        return new(channels, height, width, pixel + (16 * random.Next(2)), more, (16 * random.Next(2), 16 * random.Next(3)));
    }

    private static int Pick(Random random, int[] from) => from[random.Next(from.Length)];
}
