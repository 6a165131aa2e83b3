using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes the class of kernels for one level of instructions: the passes as sequences of calls, then the kernels that they call.</summary>
internal sealed class LevelEmitter
{
    private readonly NetworkPlan plan;
    private readonly InstructionSet level;
    private readonly DriverSet drivers;
    private readonly KernelSet kernels = new();
    private readonly Dictionary<BoundOperation, Kernel> known = [];
    private readonly CancellationToken cancellation;

    private LevelEmitter(NetworkPlan plan, InstructionSet level, DriverSet drivers, CancellationToken cancellation) =>
        (this.plan, this.level, this.drivers, this.cancellation) = (plan, level, drivers, cancellation);

    /// <summary>Writes the members of the level's class.</summary>
    public static void Emit(SourceWriter w, NetworkPlan plan, InstructionSet level, DriverSet drivers, CancellationToken cancellation) =>
        new LevelEmitter(plan, level, drivers, cancellation).Emit(w);

    private void Emit(SourceWriter w)
    {
        WritePredict(w);
        var training = new PassWriter(plan.Training, this);
        training.WriteForward(w);
        training.WriteBackward(w);
        training.WriteInputGradient(w);
        training.WriteMaterialize(w);
        foreach (string method in kernels.Methods)
            w.Line().Line(method);
        string functions = Functions();
        if (functions.Length > 0)
            w.Line().Line(functions);
    }

    /// <summary>The kernel of an operation.</summary>
    public Kernel KernelOf(BoundOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (known.TryGetValue(operation, out Kernel? kernel))
            return kernel;
        kernel = drivers.KernelOf(operation) ?? Make(operation);
        known.Add(operation, kernel);
        return kernel;
    }

    private Kernel Make(BoundOperation operation) =>
        operation switch
        {
            StridedContraction c => ContractionEmitter.Emit(c, level, kernels),
            Elementwise e => ElementwiseEmitter.Emit(e, level, kernels),
            StridedPooling p => PoolingEmitter.Emit(p, level, kernels),
            BiasGradient b => ReductionEmitter.Emit(b, level, kernels),
            StridedNormalization n => ReductionEmitter.Emit(n, level, kernels),
            StridedSoftmax s => SoftmaxEmitter.Emit(s, level, kernels),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Name, null),
        };

    /// <summary>Groups of 16 while there are enough samples, then samples in small chunks whose activations stay in the cache.</summary>
    private void WritePredict(SourceWriter w)
    {
        w.Line(KernelSet.Attribute);
        bool isShared = plan.PredictIsShared;
        (string team, string given) = isShared ? ($", in {PassWriter.Team} team", ", in team") : ("", "");
        using (w.Open($"public static void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float arena{team})"))
        {
            w.Line("int n = 0;");
            if (plan.PredictGroup is not null)
            {
                using (w.Open($"for (; count - n >= {NetworkPlan.MinGroup}; n += Math.Min({InstructionSet.Block}, count - n))"))
                    w.Line($"PredictGroup(ref parameters, ref Unsafe.Add(ref inputs, (nint)n * {plan.InputSize}), ref Unsafe.Add(ref outputs, (nint)n * {plan.OutputSize}), Math.Min({InstructionSet.Block}, count - n), ref arena);");
            }
            using (w.Open($"for (; n < count; n += {plan.PredictChunk})"))
            {
                if (isShared)
                    w.Line("// Nobody begins while another still reads what is to be overwritten.").Line("team.Wait();");
                w.Line($"PredictChunk(ref parameters, ref Unsafe.Add(ref inputs, (nint)n * {plan.InputSize}), ref Unsafe.Add(ref outputs, (nint)n * {plan.OutputSize}), Math.Min({plan.PredictChunk}, count - n), ref arena{given});");
            }
        }
        if (plan.PredictGroup is not null)
            new PassWriter(plan.PredictGroup, this).WritePredict(w, "PredictGroup", InstructionSet.Block);
        new PassWriter(plan.PredictSamples, this).WritePredict(w, "PredictChunk", plan.PredictChunk);
    }

    /// <summary>Functions that kernels share; the JIT puts them into their callers.</summary>
    private string Functions()
    {
        string reduce128 = """
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static float Largest(Vector128<float> v)
            {
                v = Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1)));
                return Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(1, 0, 3, 2))).ToScalar();
            }
            """;
        string reduce256 = """
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static float Largest(Vector256<float> v) => Largest(Vector128.MaxNative(v.GetLower(), v.GetUpper()));
            """;
        string reduce512 = """
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static float Largest(Vector512<float> v) => Largest(Vector256.MaxNative(v.GetLower(), v.GetUpper()));
            """;
        var parts = new List<string>();
        bool Mentions(string text) => kernels.Methods.Any(m => m.Contains(text));
        bool Uses(string name) => Mentions(name + "(");
        if (Uses("Largest"))
        {
            parts.Add(reduce128);
            if (level.Lanes >= 8)
                parts.Add(reduce256);
            if (level.Lanes >= 16)
                parts.Add(reduce512);
        }
        if (Mentions("Lane,"))
            parts.Add("private static V Lane => Vec.Create(" + string.Join(", ", Enumerable.Range(0, level.Lanes).Select(i => Operands.Text(i) + "f")) + ");");
        if (Uses("Pair"))
        {
            parts.Add("""
                // Eight floats of one place and eight of another.
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static V Pair(ref float first, ref float second) => Vec.Create(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref second));

                // Eight floats to one place and eight to another, each with zeros behind.
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static void StorePair(V pair, ref float first, ref float second)
                {
                    Vec.Create(pair.GetLower(), Vector256<float>.Zero).StoreUnsafe(ref first);
                    Vec.Create(pair.GetUpper(), Vector256<float>.Zero).StoreUnsafe(ref second);
                }
                """);
        }
        if (Uses("Sigmoid"))
            parts.Add("[MethodImpl(MethodImplOptions.AggressiveInlining)]\nprivate static V Sigmoid(V x) => V.One / (V.One + Exp(-x));");
        if (Uses("Tanh"))
        {
            parts.Add("""
                // 1 − 2/(e²ˣ + 1) loses digits near 0: below 0.625 the polynomial of the Cephes library's tanhf (S. L. Moshier, 1992).
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
                """);
        }
        if (Uses("Exp") || Uses("Sigmoid") || Uses("Tanh"))
        {
            parts.Add($$"""
                // eˣ: 2ⁿ·eʳ with |r| ≤ ½·ln 2 and the polynomial of the Cephes library's expf (S. L. Moshier, 1989). Exactly 1 at 0, which Vec.Exp is
                // not. 2ⁿ is two factors, since it may be infinite, or too small for a float with all its digits, where eˣ is not.
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        }
        if (Uses("SigmoidGradient"))
            parts.Add("[MethodImpl(MethodImplOptions.AggressiveInlining)]\nprivate static V SigmoidGradient(V y, V gradient) => gradient * y * (V.One - y);");
        if (Uses("TanhGradient"))
            parts.Add("[MethodImpl(MethodImplOptions.AggressiveInlining)]\nprivate static V TanhGradient(V y, V gradient) => gradient * (V.One - (y * y));");
        if (Uses("Kept"))
        {
            parts.Add("""
                // All bits where the hash of an index is at or above the threshold.
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                private static V Kept(U index, uint key, uint threshold)
                {
                    U h = (index * 0x9E3779B1u) ^ Vec.Create(key);
                    h = (h ^ (h >>> 16)) * 0x7FEB352Du;
                    h = (h ^ (h >>> 15)) * 0x846CA68Bu;
                    h ^= h >>> 16;
                    return Vec.GreaterThanOrEqual(h, Vec.Create(threshold)).AsSingle();
                }
                """);
        }
        return string.Join("\n\n", parts);
    }
}
