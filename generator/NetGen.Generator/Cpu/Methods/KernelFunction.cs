using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>A function that kernels share; the JIT puts it into its callers. A kernel says which it calls (<see cref="KernelSet.Add"/>).</summary>
/// <param name="Text">The members, for a level of instructions.</param>
/// <param name="Needs">The functions that it calls itself.</param>
internal sealed record KernelFunction(Func<InstructionSet, string> Text, params KernelFunction[] Needs)
{
    private const string Inlined = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>The largest lane: halves of a vector, down to four floats.</summary>
    public static KernelFunction Largest { get; } = new(level => string.Join("\n\n", new (int Lanes, string Text)[]
    {
        (4, $$"""
            {{Inlined}}
            private static float Largest(Vector128<float> v)
            {
                v = Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1)));
                return Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(1, 0, 3, 2))).ToScalar();
            }
            """),
        (8, $"""
            {Inlined}
            private static float Largest(Vector256<float> v) => Largest(Vector128.MaxNative(v.GetLower(), v.GetUpper()));
            """),
        (16, $"""
            {Inlined}
            private static float Largest(Vector512<float> v) => Largest(Vector256.MaxNative(v.GetLower(), v.GetUpper()));
            """),
    }.Where(part => part.Lanes <= level.Lanes).Select(part => part.Text)));

    /// <summary>The number of each lane, from 0.</summary>
    public static KernelFunction Lane { get; } = new(level =>
        $"private static V Lane => Vec.Create({string.Join(", ", Enumerable.Range(0, level.Lanes).Select(i => Literal.Of(i) + "f"))});");

    /// <summary>Two halves of a vector of 16 lanes, from memory and to it.</summary>
    public static KernelFunction Pair { get; } = new(_ => $$"""
        // Eight floats of one place and eight of another.
        {{Inlined}}
        private static V Pair(ref float first, ref float second) => Vec.Create(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref second));

        // Eight floats to one place and eight to another, each with zeros behind.
        {{Inlined}}
        private static void StorePair(V pair, ref float first, ref float second)
        {
            Vec.Create(pair.GetLower(), Vector256<float>.Zero).StoreUnsafe(ref first);
            Vec.Create(pair.GetUpper(), Vector256<float>.Zero).StoreUnsafe(ref second);
        }
        """);

    public static KernelFunction Exp { get; } = new(level => $$"""
        // eˣ: 2ⁿ·eʳ with |r| ≤ ½·ln 2 and the polynomial of the Cephes library's expf (S. L. Moshier, 1989). Exactly 1 at 0, which Vec.Exp is
        // not. 2ⁿ is two factors, since it may be infinite, or too small for a float with all its digits, where eˣ is not.
        {{Inlined}}
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
        """);

    public static KernelFunction Sigmoid { get; } = new(
        _ => $"""
            {Inlined}
            private static V Sigmoid(V x) => V.One / (V.One + Exp(-x));
            """,
        Exp);

    public static KernelFunction Tanh { get; } = new(
        _ => $$"""
            // 1 − 2/(e²ˣ + 1) loses digits near 0: below 0.625 the polynomial of the Cephes library's tanhf (S. L. Moshier, 1992).
            {{Inlined}}
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
            """,
        Exp);

    public static KernelFunction SigmoidGradient { get; } = new(_ => $"""
        {Inlined}
        private static V SigmoidGradient(V y, V gradient) => gradient * y * (V.One - y);
        """);

    public static KernelFunction TanhGradient { get; } = new(_ => $"""
        {Inlined}
        private static V TanhGradient(V y, V gradient) => gradient * (V.One - (y * y));
        """);

    /// <summary>Dropout's choice.</summary>
    public static KernelFunction Kept { get; } = new(_ => $$"""
        // All bits where the hash of an index is at or above the threshold.
        {{Inlined}}
        private static V Kept(U index, uint key, uint threshold)
        {
            U h = (index * 0x9E3779B1u) ^ Vec.Create(key);
            h = (h ^ (h >>> 16)) * 0x7FEB352Du;
            h = (h ^ (h >>> 15)) * 0x846CA68Bu;
            h ^= h >>> 16;
            return Vec.GreaterThanOrEqual(h, Vec.Create(threshold)).AsSingle();
        }
        """);

    /// <summary>Floats from a sum in memory to what rounding took from it.</summary>
    public const int Rest = 64;

    /// <summary>Adds to a sum in memory and keeps what rounding takes from it.</summary>
    public static KernelFunction AddExactly { get; } = new(_ => $$"""
        // Adds a part to a sum and what is lost of it to the rest: z is as much of the part as went into the sum (Knuth's two-sum).
        {{Inlined}}
        private static void AddExactly(ref float sum, nuint at, V part)
        {
            V s = Vec.LoadUnsafe(ref sum, at), t = s + part, z = t - s;
            (Vec.LoadUnsafe(ref sum, at + {{Literal.Of(Rest)}}) + ((s - (t - z)) + (part - z))).StoreUnsafe(ref sum, at + {{Literal.Of(Rest)}});
            t.StoreUnsafe(ref sum, at);
        }
        """);
}
