using System.Numerics.Tensors;

namespace NetGen;

/// <summary>Normally distributed numbers, many at a time: Box and Muller, "A note on the generation of random normal deviates" (1958).</summary>
internal static class NormalNumbers
{
    private const int AtATime = 256;

    /// <summary>Fills with numbers of mean 0 and deviation 1.</summary>
    public static void Fill(Span<float> numbers, ref RandomStream random)
    {
        Span<float> radius = stackalloc float[AtATime / 2], angle = stackalloc float[AtATime / 2], sine = stackalloc float[AtATime / 2];
        while (!numbers.IsEmpty)
        {
            int pairs = (Math.Min(numbers.Length, AtATime) + 1) / 2;
            Span<float> r = radius[..pairs], a = angle[..pairs], s = sine[..pairs];
            for (int i = 0; i < pairs; i++)
            {
                ulong bits = random.NextBits();
                // Never 0, of which there is no logarithm.
                r[i] = ((bits >> 40) + 0.5f) * (1f / (1 << 24));
                a[i] = ((bits >> 8) & 0xFFFFFF) * (1f / (1 << 23));
            }
            TensorPrimitives.Log(r, r);
            TensorPrimitives.Multiply(r, -2, r);
            TensorPrimitives.Sqrt(r, r);
            TensorPrimitives.SinCosPi(a, s, a);
            TensorPrimitives.Multiply(a, r, a);
            TensorPrimitives.Multiply(s, r, s);
            int first = Math.Min(pairs, numbers.Length), second = Math.Min(pairs, numbers.Length - first);
            a[..first].CopyTo(numbers);
            s[..second].CopyTo(numbers[first..]);
            numbers = numbers[(first + second)..];
        }
    }
}
