namespace NetGen.Generator.Cpu.Methods;

/// <summary>Functions of activations beside the sigmoid and the hyperbolic tangent; the JIT puts them into their callers.</summary>
internal static class ActivationFunctions
{
    private const string Inlined = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    public static KernelFunction LeakyReLU { get; } = new(_ => $"""
        // A value, times a slope where what it goes by is not above 0.
        {Inlined}
        private static V LeakyReLU(V by, V value, float slope) => Vec.ConditionalSelect(Vec.GreaterThan(by, V.Zero), value, value * slope);
        """);

    public static KernelFunction ELU { get; } = new(
        level => $$"""
            // a·(eˣ − 1) loses digits near 0: there the polynomial of the exponential without its 1.
            {{Inlined}}
            private static V ELU(V x, float alpha)
            {
                V p = Vec.{{level.MultiplyAdd}}(x, Vec.Create(1.9875691500e-4f), Vec.Create(1.3981999507e-3f));
                p = Vec.{{level.MultiplyAdd}}(p, x, Vec.Create(8.3334519073e-3f));
                p = Vec.{{level.MultiplyAdd}}(p, x, Vec.Create(4.1665795894e-2f));
                p = Vec.{{level.MultiplyAdd}}(p, x, Vec.Create(1.6666665459e-1f));
                p = Vec.{{level.MultiplyAdd}}(p, x, Vec.Create(5.0000001201e-1f));
                V small = Vec.{{level.MultiplyAdd}}(p, x * x, x);
                V below = Vec.ConditionalSelect(Vec.GreaterThan(x, Vec.Create(-0.34f)), small, Exp(x) - V.One) * alpha;
                return Vec.ConditionalSelect(Vec.GreaterThan(x, V.Zero), x, below);
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction ELUGradient { get; } = new(
        _ => $"""
            {Inlined}
            private static V ELUGradient(V x, V gradient, float alpha) => gradient * Vec.ConditionalSelect(Vec.GreaterThan(x, V.Zero), V.One, Exp(x) * alpha);
            """,
        KernelFunction.Exp);

    public static KernelFunction Hardsigmoid { get; } = new(_ => $"""
        {Inlined}
        private static V Hardsigmoid(V x) => Vec.MinNative(Vec.Create(6f), Vec.MaxNative(V.Zero, x + Vec.Create(3f))) / 6f;
        """);

    public static KernelFunction HardsigmoidGradient { get; } = new(_ => $"""
        {Inlined}
        private static V HardsigmoidGradient(V y, V gradient) =>
            Vec.ConditionalSelect(Vec.GreaterThan(y, V.Zero) & Vec.LessThan(y, V.One), gradient * (1 / 6f), V.Zero);
        """);

    public static KernelFunction HardswishGradient { get; } = new(_ => $$"""
        {{Inlined}}
        private static V HardswishGradient(V x, V gradient)
        {
            V inside = gradient * ((x / 3f) + Vec.Create(0.5f));
            V notAbove = Vec.ConditionalSelect(Vec.LessThan(x, Vec.Create(-3f)), V.Zero, inside);
            return Vec.ConditionalSelect(Vec.GreaterThan(x, Vec.Create(3f)), gradient, notAbove);
        }
        """);

    public static KernelFunction SiLU { get; } = new(
        _ => $$"""
            // The exponential of what is not above 0 is never infinite, and as exact below 0 as above.
            {{Inlined}}
            private static V SiLU(V x)
            {
                V e = Exp(-Vec.Abs(x));
                return x * (Vec.ConditionalSelect(Vec.LessThan(x, V.Zero), e, V.One) / (V.One + e));
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction SiLUGradient { get; } = new(
        _ => $$"""
            // σ(x) + x·σ(x)·σ(−x).
            {{Inlined}}
            private static V SiLUGradient(V x, V gradient)
            {
                V e = Exp(-Vec.Abs(x)), inverse = V.One / (V.One + e);
                V below = Vec.ConditionalSelect(Vec.LessThan(x, V.Zero), e, V.One) * inverse;
                return gradient * (below + (x * (e * (inverse * inverse))));
            }
            """,
        KernelFunction.Exp);

    /// <summary>What is beyond 15 deviations is 0 to a float.</summary>
    private static KernelFunction Bell { get; } = new(
        _ => $$"""
            // e to the power of −x²/2. What rounding takes from the square would count many times over far from 0.
            {{Inlined}}
            private static V Bell(V x)
            {
                V bounded = Vec.MinNative(Vec.Create(15f), Vec.Abs(x)), half = bounded * 0.5f, square = bounded * half;
                V rest = Vec.FusedMultiplyAdd(bounded, half, -square);
                return Exp(-square) * (V.One - rest);
            }
            """,
        KernelFunction.Exp);

    private static KernelFunction Below { get; } = new(level => $$"""
        // The share of a normal distribution that lies below x: of the far side bell·P(k), k = 1/(1 + 0.35·|x|), exact to 3e-8 of itself.
        {{Inlined}}
        private static V Below(V x, V bell)
        {
            V k = V.One / (V.One + (Vec.Abs(x) * 0.35f));
            V p = Vec.{{level.MultiplyAdd}}(k, Vec.Create(-0.0291637968f), Vec.Create(0.144060191f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(-0.255900641f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(0.159391569f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(-0.0232629539f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(0.10557445f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(0.119815581f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(0.139864325f));
            p = Vec.{{level.MultiplyAdd}}(p, k, Vec.Create(0.139621259f));
            V tail = bell * (p * k);
            return Vec.ConditionalSelect(Vec.LessThan(x, V.Zero), tail, V.One - tail);
        }
        """);

    public static KernelFunction GELU { get; } = new(
        _ => $"""
            {Inlined}
            private static V GELU(V x) => x * Below(x, Bell(x));
            """,
        Below, Bell);

    public static KernelFunction GELUGradient { get; } = new(
        _ => $$"""
            {{Inlined}}
            private static V GELUGradient(V x, V gradient)
            {
                V bell = Bell(x);
                return gradient * (Below(x, bell) + (x * (bell * 0.3989422804f)));
            }
            """,
        Below, Bell);

    public static KernelFunction GELUTanh { get; } = new(
        _ => $$"""
            // (1 + tanh(u))/2 is the sigmoid of 2u = x·(2·√(2/π) + 0.0713548·x²).
            {{Inlined}}
            private static V GELUTanh(V x)
            {
                V e = Exp(-Vec.Abs(x * (Vec.Create(1.5957691216f) + (x * x * 0.0713548163f))));
                return x * (Vec.ConditionalSelect(Vec.LessThan(x, V.Zero), e, V.One) / (V.One + e));
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction GELUTanhGradient { get; } = new(
        _ => $$"""
            // σ(2u) + x·σ(2u)·σ(−2u)·(2u)′; the square is bounded where σ(−2u) or σ(2u) is 0 already.
            {{Inlined}}
            private static V GELUTanhGradient(V x, V gradient)
            {
                V square = Vec.MinNative(Vec.Create(256f), x * x);
                V e = Exp(-Vec.Abs(x * (Vec.Create(1.5957691216f) + (square * 0.0713548163f)))), inverse = V.One / (V.One + e);
                V below = Vec.ConditionalSelect(Vec.LessThan(x, V.Zero), e, V.One) * inverse;
                return gradient * (below + (x * (e * (inverse * inverse)) * (Vec.Create(1.5957691216f) + (square * 0.2140644488f))));
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction Softplus { get; } = new(
        level => $$"""
            // max(bx, 0) + log(1 + e) with e = e to the power of −|bx|, divided by b. log(1 + e) = 2·artanh(s), s = e/(2 + e), as a polynomial.
            {{Inlined}}
            private static V Softplus(V x, float beta, float threshold)
            {
                V scaled = x * beta, e = Exp(-Vec.Abs(scaled)), s = e / (Vec.Create(2f) + e), square = s * s;
                V p = Vec.{{level.MultiplyAdd}}(square, Vec.Create(0.281782507f), Vec.Create(0.279606238f));
                p = Vec.{{level.MultiplyAdd}}(p, square, Vec.Create(0.400249085f));
                p = Vec.{{level.MultiplyAdd}}(p, square, Vec.Create(0.666663147f));
                p = Vec.{{level.MultiplyAdd}}(p, square, Vec.Create(2f));
                V sum = Vec.{{level.MultiplyAdd}}(s, p, Vec.MaxNative(V.Zero, scaled));
                return Vec.ConditionalSelect(Vec.GreaterThan(scaled, Vec.Create(threshold)), x, sum / beta);
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction SoftplusGradient { get; } = new(
        _ => $$"""
            {{Inlined}}
            private static V SoftplusGradient(V x, V gradient, float beta, float threshold)
            {
                V scaled = x * beta;
                return Vec.ConditionalSelect(Vec.GreaterThan(scaled, Vec.Create(threshold)), gradient, gradient * Sigmoid(scaled));
            }
            """,
        KernelFunction.Sigmoid);

    public static KernelFunction Mish { get; } = new(
        _ => $$"""
            // tanh(log(1 + e)) = n/(n + 2) with e = eˣ, n = e·(e + 2): 1 to a float from 20 on.
            {{Inlined}}
            private static V Mish(V x)
            {
                V e = Exp(Vec.MinNative(Vec.Create(20f), x)), n = e * (e + Vec.Create(2f));
                return x * (n / (n + Vec.Create(2f)));
            }
            """,
        KernelFunction.Exp);

    public static KernelFunction MishGradient { get; } = new(
        _ => $$"""
            // n/(n + 2) + x·4e·(1 + e)/(n + 2)².
            {{Inlined}}
            private static V MishGradient(V x, V gradient)
            {
                V bounded = Vec.MinNative(Vec.Create(20f), x), e = Exp(bounded), n = e * (e + Vec.Create(2f)), inverse = V.One / (n + Vec.Create(2f));
                V rising = (e * inverse) * ((e + V.One) * inverse) * 4f;
                return gradient * ((n * inverse) + (bounded * rising));
            }
            """,
        KernelFunction.Exp);

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<KernelFunction> All { get; } =
    [
        LeakyReLU, ELU, ELUGradient, Hardsigmoid, HardsigmoidGradient, HardswishGradient, SiLU, SiLUGradient, Bell, Below, GELU, GELUGradient,
        GELUTanh, GELUTanhGradient, Softplus, SoftplusGradient, Mish, MishGradient,
    ];
}
