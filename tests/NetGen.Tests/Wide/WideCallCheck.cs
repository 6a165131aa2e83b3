using System.Runtime.InteropServices;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Wide;

/// <summary>
/// Runs a call and compares with its reference. Whatever lies around images, and what is only written, is NaN of a pattern of its own before;
/// around images, and where nothing is written, every bit must be there afterwards.
/// </summary>
internal sealed class WideCallCheck
{
    private readonly WideCallCase one;
    private readonly GuardedBuffer[] buffers;

    private WideCallCheck(WideCallCase one, int seed)
    {
        this.one = one;
        var random = new Random(seed);
        buffers = [.. one.Operands.Select(operand => new GuardedBuffer(operand.Memory.Floats(operand.Samples), random.Next(2) * 4).Poison())];
        for (var i = 0; i < buffers.Length; i++)
        {
            WideOperand operand = one.Operands[i];
            if (operand.Access == WideAccess.Write)
                continue;
            foreach ((int n, int r, int q, int k) in Places(operand, operand.Zeros))
                At(i, n, r, q, k) = 0;
            foreach ((int n, int r, int q, int k) in Places(operand))
                At(i, n, r, q, k) = k < operand.Memory.Channels ? operand.Draw(random, Value, (n, r, q, k)) : 0;
        }
    }

    /// <summary>Runs the call as one piece and compares with plain loops; cut at random and in any order it gives the same bits.</summary>
    public static void Run(WideCallCase one, SharedCall call, int seed)
    {
        var whole = new WideCallCheck(one, seed);
        whole.Compare(call);
        var cut = new WideCallCheck(one, seed);
        cut.CallInPieces(call, new Random(seed));
        for (var i = 0; i < one.Operands.Length; i++)
        {
            if (!Bits(cut.buffers[i]).SequenceEqual(Bits(whole.buffers[i])))
                throw new InvalidOperationException($"{one}: operand {i} differs at float {Bits(cut.buffers[i]).CommonPrefixLength(Bits(whole.buffers[i]))} when it is done in pieces.");
        }
    }

    private void Compare(SharedCall call)
    {
        float[][] before = [.. buffers.Select(buffer => buffer.Span.ToArray())];
        double Before(int operand, int n, int r, int q, int k) => before[operand][one.Operands[operand].Memory.Origin + one.Operands[operand].Memory.Place(n, r, q, k)];
        WideExpected expected = one.Reference(Before);
        Call(call, 0, one.Call.Pieces.Of(one.Samples));
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i].Check($"operand {i} of {one}");
            WideOperand operand = one.Operands[i];
            var isWritten = new bool[buffers[i].Length];
            foreach ((int n, int r, int q, int k) in operand.Access == WideAccess.Read ? [] : Places(operand))
            {
                isWritten[operand.Memory.Origin + operand.Memory.Place(n, r, q, k)] = true;
                WideSum sum = expected(i, n, r, q, k);
                float actual = At(i, n, r, q, k);
                if (!(Math.Abs(sum.Value - actual) <= (2e-6 * sum.Size) + 1e-30))
                    throw new InvalidOperationException($"{one}: operand {i} [{n}, {r}, {q}, {k}] is {actual}, expected {sum.Value}.");
            }
            ReadOnlySpan<uint> now = Bits(buffers[i]), then = MemoryMarshal.Cast<float, uint>(before[i]);
            for (var place = 0; place < now.Length; place++)
            {
                if (!isWritten[place] && now[place] != then[place])
                    throw new InvalidOperationException($"{one}: operand {i}, float {place} is not to be written.");
            }
        }
    }

    private void CallInPieces(SharedCall call, Random random)
    {
        int pieces = one.Call.Pieces.Of(one.Samples);
        int[] cuts = [0, .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(pieces + 1)).Order(), pieces];
        (int From, int To)[] parts = [.. cuts.Zip(cuts.Skip(1))];
        random.Shuffle(parts);
        foreach ((int from, int to) in parts)
            Call(call, from, to);
    }

    private void Call(SharedCall call, int from, int to)
    {
        ref float Start(int operand) => ref buffers[Math.Min(operand, buffers.Length - 1)].At(one.Operands[Math.Min(operand, buffers.Length - 1)].Memory.Origin);
        call(ref Start(0), ref Start(1), ref Start(2), ref Start(3), ref Start(4), ref Start(5), one.Samples, from, to, one.Seed, one.FirstSample);
    }

    private static IEnumerable<(int Sample, int Row, int Column, int Channel)> Places(WideOperand operand, WideHalo around = default) =>
        from n in Enumerable.Range(0, operand.Samples)
        from r in Enumerable.Range(-around.Top, operand.Memory.Height + around.Top + around.Bottom)
        from q in Enumerable.Range(-around.Left, operand.Memory.Width + around.Left + around.Right)
        from k in Enumerable.Range(0, (operand.Memory.Channels + 15) / 16 * 16)
        select (n, r, q, k);

    private ref float At(int operand, int n, int r, int q, int k)
    {
        WideMemory memory = one.Operands[operand].Memory;
        return ref buffers[operand].At(memory.Origin + memory.Place(n, r, q, k));
    }

    private double Value(int operand, int n, int r, int q, int k) => At(operand, n, r, q, k);

    private static ReadOnlySpan<uint> Bits(GuardedBuffer buffer) => MemoryMarshal.Cast<float, uint>(buffer.Span);
}
