using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>A value of an operand's pixel and channel; weights are one pixel, statistics three rows of one.</summary>
internal delegate double WideValue(int operand, int sample, int row, int column, int channel);

/// <summary>What an operand must hold there afterwards.</summary>
internal delegate WideSum WideExpected(int operand, int sample, int row, int column, int channel);

/// <summary>What a method does with an operand.</summary>
internal enum WideAccess
{
    Read,
    Write,
    Update,
}

/// <summary>A reference of a call: its memory, and what is drawn for a value, given the operands before it.</summary>
internal sealed record WideOperand(WideMemory Memory, int Samples, WideAccess Access, Func<Random, WideValue, (int Sample, int Row, int Column, int Channel), float> Draw)
{
    /// <summary>So much around its images is zeros, which may be read.</summary>
    public WideHalo Zeros { get; init; }
}

/// <summary>A call of a shared method to check.</summary>
/// <param name="Reference">Plain loops in double precision over what operands held before; padding holds zeros.</param>
internal sealed record WideCallCase(WideCall Call, int Samples, WideOperand[] Operands, Func<WideValue, WideExpected> Reference, uint Seed = 0, int FirstSample = 0)
{
    public override string ToString() => $"{Call.Method}({Call.Numbers}), {Samples} samples";
}

/// <summary>Draws extents and memory.</summary>
internal sealed class WideDraw(Random random)
{
    private static readonly int[] ChannelCounts = [1, 3, 10, 16, 17, 32, 40, 48, 64, 70, 100, 130, 200, 300];
    private static readonly int[] Extents = [1, 1, 2, 3, 4, 5, 7, 8, 11, 14, 17];

    public Random Random => random;

    public int Samples { get; } = random.Next(1, 6);

    public int Channels { get; } = ChannelCounts[random.Next(ChannelCounts.Length)];

    public int Extent() => Extents[random.Next(Extents.Length)];

    /// <summary>Memory of an image: dense, or with something around rows, samples and pixels.</summary>
    public WideMemory Memory(int height, int width, bool mayHaveHalo = true)
    {
        int padded = WideConvolution.Padded(Channels), kind = random.Next(4);
        if (kind == 0)
            return new(Channels, height, width, padded, default, (0, 0));
        WideHalo halo = mayHaveHalo && kind > 1 ? new(random.Next(3), random.Next(3), random.Next(3), random.Next(3)) : default;
        return new(Channels, height, width, padded + (kind == 3 ? 16 * random.Next(3) : 0), halo, (mayHaveHalo ? 16 * random.Next(2) : 0, 16 * random.Next(3)));
    }

    public WideOperand Image(WideMemory memory, WideAccess access, Func<Random, float>? draw = null) =>
        new(memory, Samples, access, (r, _, _) => draw is null ? Number(r) : draw(r));

    /// <summary>Numbers per channel, in so many rows.</summary>
    public WideOperand PerChannel(WideAccess access, int rows = 1) =>
        new(new(Channels, rows, 1, WideConvolution.Padded(Channels), default, (0, 0)), 1, access, (r, _, _) => Number(r));

    /// <summary>Between −1 and 1.</summary>
    public static float Number(Random random) => (random.NextSingle() * 2) - 1;

    /// <summary>One of few: many are alike.</summary>
    public static float FewNumbers(Random random) => random.Next(-2, 3) / 4f;
}
