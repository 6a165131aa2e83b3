using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Engine;

/// <summary>Three planes to pixels of three channels, as colour pictures come to a network: <c>target[3·i + c] = source[c, i]</c>.</summary>
internal static class Interleaving
{
    /// <summary>Interleaves three rows.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="count">Values of a row.</param>
    /// <param name="step">Floats from one row to the next.</param>
    /// <param name="target">Receives 3 · <paramref name="count"/> floats; it does not overlap the rows.</param>
    public static void Three(ref float source, int count, nint step, ref float target)
    {
        ref float second = ref Unsafe.Add(ref source, step), third = ref Unsafe.Add(ref second, step);
        int done = 0;
        for (; done <= count - Vector128<float>.Count; done += Vector128<float>.Count)
        {
            Vector128<float> r = Vector128.LoadUnsafe(ref source, (nuint)done), g = Vector128.LoadUnsafe(ref second, (nuint)done), b = Vector128.LoadUnsafe(ref third, (nuint)done);
            ref float to = ref Unsafe.Add(ref target, 3 * (nint)done);
            // r0 g0 b0 r1, g1 b1 r2 g2, b2 r3 g3 b3: every value has one place in each vector that it may come to.
            Pick(Vector128.Shuffle(r, Vector128.Create(0, 0, 0, 1)), Vector128.Shuffle(g, Vector128.Create(0, 0, 0, 0)), Vector128.Shuffle(b, Vector128.Create(0, 0, 0, 0)), 0).StoreUnsafe(ref to);
            Pick(Vector128.Shuffle(r, Vector128.Create(2, 2, 2, 2)), Vector128.Shuffle(g, Vector128.Create(1, 1, 1, 2)), Vector128.Shuffle(b, Vector128.Create(1, 1, 1, 1)), 1).StoreUnsafe(ref to, 4);
            Pick(Vector128.Shuffle(r, Vector128.Create(3, 3, 3, 3)), Vector128.Shuffle(g, Vector128.Create(3, 3, 3, 3)), Vector128.Shuffle(b, Vector128.Create(2, 2, 2, 3)), 2).StoreUnsafe(ref to, 8);
        }
        for (; done < count; done++)
        {
            Unsafe.Add(ref target, 3 * (nint)done) = Unsafe.Add(ref source, done);
            Unsafe.Add(ref target, (3 * (nint)done) + 1) = Unsafe.Add(ref second, done);
            Unsafe.Add(ref target, (3 * (nint)done) + 2) = Unsafe.Add(ref third, done);
        }
    }

    /// <summary>Of three rows each lane from the row whose turn it is; the first lane is number <paramref name="phase"/>'s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pick(Vector128<float> r, Vector128<float> g, Vector128<float> b, [ConstantExpected(Max = 2)] int phase)
    {
        Vector128<float> second = phase switch
        {
            0 => Vector128.Create(0, -1, 0, 0).AsSingle(),
            1 => Vector128.Create(-1, 0, 0, -1).AsSingle(),
            _ => Vector128.Create(0, 0, -1, 0).AsSingle(),
        };
        Vector128<float> third = phase switch
        {
            0 => Vector128.Create(0, 0, -1, 0).AsSingle(),
            1 => Vector128.Create(0, -1, 0, 0).AsSingle(),
            _ => Vector128.Create(-1, 0, 0, -1).AsSingle(),
        };
        return Vector128.ConditionalSelect(third, b, Vector128.ConditionalSelect(second, g, r));
    }
}
