using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>A function of vectors that several kernels share.</summary>
[Flags]
internal enum VectorFunction
{
    None = 0,

    /// <summary>eˣ.</summary>
    Exp = 1,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid = 2,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 4,

    /// <summary>A gradient times the sigmoid's derivative, told from what the sigmoid gave.</summary>
    SigmoidGradient = 8,

    /// <summary>A gradient times the derivative of tanh, told from what tanh gave.</summary>
    TanhGradient = 16,

    /// <summary>Dropout's choice.</summary>
    Kept = 32,

    /// <summary>The largest value of a vector.</summary>
    Largest = 64,

    /// <summary>The numbers of the lanes.</summary>
    Lane = 128,

    /// <summary>Adds to a sum in memory and keeps what rounding takes from it.</summary>
    AddExactly = 256,
}

/// <summary>Texts of the functions that kernels share; the JIT puts them into their callers. A kernel says which it uses.</summary>
internal static class VectorFunctions
{
    /// <summary>Floats from a sum in memory to what rounding took from it.</summary>
    public const int Rest = 64;

    private const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>The functions, and those that they need, in an order of their own.</summary>
    public static IEnumerable<string> Write(InstructionSet level, VectorFunction wanted)
    {
        if ((wanted & (VectorFunction.Sigmoid | VectorFunction.Tanh)) != 0)
            wanted |= VectorFunction.Exp;
        bool Has(VectorFunction function) => (wanted & function) != 0;
        if (Has(VectorFunction.Largest))
        {
            foreach (string method in Largest(level))
                yield return method;
        }
        if (Has(VectorFunction.Lane))
            yield return "private static V Lane => Vec.Create(" + string.Join(", ", Enumerable.Range(0, level.Lanes).Select(i => Literal.Of(i) + "f")) + ");";
        if (Has(VectorFunction.AddExactly))
            yield return AddExactly;
        if (Has(VectorFunction.Sigmoid))
            yield return $"{Inline}\nprivate static V Sigmoid(V x) => V.One / (V.One + Exp(-x));";
        if (Has(VectorFunction.Tanh))
            yield return Tanh;
        if (Has(VectorFunction.Exp))
            yield return Exp(level);
        if (Has(VectorFunction.SigmoidGradient))
            yield return $"{Inline}\nprivate static V SigmoidGradient(V y, V gradient) => gradient * y * (V.One - y);";
        if (Has(VectorFunction.TanhGradient))
            yield return $"{Inline}\nprivate static V TanhGradient(V y, V gradient) => gradient * (V.One - (y * y));";
        if (Has(VectorFunction.Kept))
            yield return Kept;
    }

    private static IEnumerable<string> Largest(InstructionSet level)
    {
        yield return $$"""
            {{Inline}}
            private static float Largest(Vector128<float> v)
            {
                v = Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1)));
                return Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(1, 0, 3, 2))).ToScalar();
            }
            """;
        if (level.Lanes >= 8)
            yield return $"{Inline}\nprivate static float Largest(Vector256<float> v) => Largest(Vector128.MaxNative(v.GetLower(), v.GetUpper()));";
        if (level.Lanes >= 16)
            yield return $"{Inline}\nprivate static float Largest(Vector512<float> v) => Largest(Vector256.MaxNative(v.GetLower(), v.GetUpper()));";
    }

    private static readonly string AddExactly = $$"""
        // Adds a part to a sum and what is lost of it to the rest: z is as much of the part as went into the sum (Knuth's two-sum).
        {{Inline}}
        private static void AddExactly(ref float sum, nuint at, V part)
        {
            V s = Vec.LoadUnsafe(ref sum, at), t = s + part, z = t - s;
            (Vec.LoadUnsafe(ref sum, at + {{Literal.Of(Rest)}}) + ((s - (t - z)) + (part - z))).StoreUnsafe(ref sum, at + {{Literal.Of(Rest)}});
            t.StoreUnsafe(ref sum, at);
        }
        """;

    private const string Tanh = $$"""
        // 1 − 2/(e²ˣ + 1) loses digits near 0: below 0.625 the polynomial of the Cephes library's tanhf (S. L. Moshier, 1992).
        {{Inline}}
        private static V Tanh(V x)
        {
            V square = x * x;
            V p = (square * Vec.Create(-5.70498872745e-3f)) + Vec.Create(2.06390887954e-2f);
            p = (p * square) - Vec.Create(5.37397155531e-2f);
            p = (p * square) + Vec.Create(1.33314422036e-1f);
            p = (p * square) - Vec.Create(3.33332819422e-1f);
            V small = x + (x * (square * p));
            V large = V.One - (Vec.Create(2f) / (Exp(x + x) + V.One));
            return Vec.ConditionalSelect(Vec.LessThan(square, Vec.Create(0.390625f)), small, large);
        }
        """;

    private const string Kept = $$"""
        // All bits where the hash of an index is at or above the threshold.
        {{Inline}}
        private static V Kept(U index, uint key, uint threshold)
        {
            U h = (index * 0x9E3779B1u) ^ Vec.Create(key);
            h = (h ^ (h >>> 16)) * 0x7FEB352Du;
            h = (h ^ (h >>> 15)) * 0x846CA68Bu;
            h ^= h >>> 16;
            return Vec.GreaterThanOrEqual(h, Vec.Create(threshold)).AsSingle();
        }
        """;

    private static string Exp(InstructionSet level) => $$"""
        // eˣ: 2ⁿ·eʳ with |r| ≤ ½·ln 2 and the polynomial of the Cephes library's expf (S. L. Moshier, 1989). Exactly 1 at 0, which Vec.Exp is
        // not. 2ⁿ is two factors, since it may be infinite, or too small for a float with all its digits, where eˣ is not.
        {{Inline}}
        private static V Exp(V x)
        {
            V bounded = Vec.MinNative(Vec.Create(89f), Vec.MaxNative(Vec.Create(-105f), x));
            V biased = Vec.{{level.MultiplyAdd}}(bounded, Vec.Create(1.44269504f), Vec.Create(12582912f));
            V n = biased - Vec.Create(12582912f);
            V r = Vec.{{level.MultiplyAdd}}(n, Vec.Create(-0.693359375f), bounded);
            r = Vec.{{level.MultiplyAdd}}(n, Vec.Create(2.12194440e-4f), r);
            V p = Vec.{{level.MultiplyAdd}}(r, Vec.Create(1.9875691500e-4f), Vec.Create(1.3981999507e-3f));
            p = Vec.{{level.MultiplyAdd}}(p, r, Vec.Create(8.3334519073e-3f));
            p = Vec.{{level.MultiplyAdd}}(p, r, Vec.Create(4.1665795894e-2f));
            p = Vec.{{level.MultiplyAdd}}(p, r, Vec.Create(1.6666665459e-1f));
            p = Vec.{{level.MultiplyAdd}}(p, r, Vec.Create(5.0000001201e-1f));
            p = Vec.{{level.MultiplyAdd}}(p, r * r, r + V.One);
            var whole = biased.AsInt32() << 23;
            var half = (biased.AsInt32() >>> 1) << 23;
            V first = (half + Vec.Create(127 << 23)).AsSingle(), second = ((whole - half) + Vec.Create(127 << 23)).AsSingle();
            return (p * first) * second;
        }
        """;
}
