using NetGen.Tests.Compilation;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>
/// The functions of emitted code against double precision over float32's whole range, in units in the last place of the right answer. Every
/// vector of inputs mixes sizes and signs, infinities and not-a-number among them.
/// </summary>
internal static class FunctionAccuracy
{
    private const int Features = 64;

    /// <summary>Below the smallest normal number a result may be off by this, which is 0 to any sum.</summary>
    private const double Subnormal = 1.2e-38;

    /// <summary>The same of x times what is below the smallest normal number.</summary>
    private const double Product = 128 * Subnormal;

    /// <summary>1 + e^−d is rounded before its logarithm is taken: the distance from 1 to the next float.</summary>
    private const double UnitAtOne = 2 * Reference.Rounding.Unit;

    /// <summary>A function of one value: its network, what it should give, and how many units in the last place it may be wrong by.</summary>
    private sealed record Function(string Name, Layer Layer, Func<double, double> Exact, double Units)
    {
        /// <summary>Errors below this do not count.</summary>
        public double Floor { get; init; } = Subnormal;
    }

    private static readonly Function[] Functions =
    [
        new("sigmoid", new SigmoidLayer(), x => 1 / (1 + Math.Exp(-x)), 3),
        new("tanh", new TanhLayer(), Math.Tanh, 3),
        new("relu6", new ReLU6Layer(), x => Math.Clamp(x, 0, 6), 0),
        new("leaky relu", new LeakyReLULayer(0.25), x => x > 0 ? x : x / 4, 0),
        new("elu", new ELULayer(), x => x > 0 ? x : Reference.Exponential.MinusOne(x), 4),
        new("hardsigmoid", new HardsigmoidLayer(), x => Math.Clamp(x + 3, 0, 6) / 6, 2) { Floor = UnitAtOne / 4 },
        new("hardswish", new HardswishLayer(), x => x * Math.Clamp(x + 3, 0, 6) / 6, 2) { Floor = UnitAtOne },
        new("silu", new SiLULayer(), x => x / (1 + Math.Exp(-x)), 5) { Floor = Product },
        new("gelu", new GELULayer(), x => x * Reference.NormalDistribution.Below(x), 8) { Floor = Product },
        // The error of what is under the exponential counts as often as that is large, and the result is small there.
        new("gelu by tanh", new GELULayer(Approximate: true), x => x / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))), 8) { Floor = UnitAtOne },
        new("softplus", new SoftplusLayer(), x => x > 20 ? x : Math.Max(x, 0) + Reference.Exponential.LogOnePlus(Math.Exp(-Math.Abs(x))), 4),
        new("mish", new MishLayer(), x => x * Math.Tanh(Math.Max(x, 0) + Reference.Exponential.LogOnePlus(Math.Exp(-Math.Abs(x)))), 8) { Floor = Product },
    ];

    private static readonly float[] Special =
    [
        0, -0f, 1, -1, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon,
        0.625f, 0.62499994f, -0.625f, 87.33654f, -87.33654f, 88.72284f, 88.72283f, -88.72284f, -103.97208f, -103.97209f, 9.010913f,
    ];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile(NetworkCase.Source(
    [
        .. Functions.Select(one => new NetworkCase([Features], [one.Layer], 16, 1)),
        new NetworkCase([2], [new LogSoftmaxLayer()], 16, 1),
    ])));

    /// <summary>What is wrong, with every <paramref name="step"/>th float tried and those around the places where formulas change.</summary>
    public static IReadOnlyList<string> Failures(uint step)
    {
        float[] inputs = Inputs(step);
        var failures = new List<string>();
        for (var i = 0; i < Functions.Length; i++)
        {
            Function function = Functions[i];
            // All at once in groups, and a few samples one by one, which is other code.
            var network = new GuardedNetwork(Networks.Value.Program($"Case{i}"));
            float[] few = inputs[..Features], outputs = network.Predict(inputs, inputs.Length / Features);
            Compare(function.Name, inputs, outputs, function.Exact, function.Units, failures, function.Floor);
            Compare(function.Name + " of one sample", few, network.Predict(few, 1), function.Exact, function.Units, failures, function.Floor);
        }
        Exponential(inputs, failures);
        return failures;
    }

    /// <summary>
    /// eˣ as the gradient of a log-softmax has it: of outputs y and the gradient (0, −1) the first input's is e^y₀. And the logarithm in y itself:
    /// of two terms that lie d apart −log(1 + e^−d) and −log(1 + eᵈ).
    /// </summary>
    private static void Exponential(float[] inputs, List<string> failures)
    {
        float[] distances = [.. inputs.Where(float.IsFinite).Select(x => x / 2)];
        float[] pairs = [.. distances.SelectMany(x => new[] { -x, x })];
        using ITestPass pass = new GuardedNetwork(Networks.Value.Program($"Case{Functions.Length}")).CreatePass(distances.Length, threads: 1);
        float[] outputs = pass.Forward(pairs, training: false);
        pass.BackwardFrom(0, [.. distances.SelectMany(_ => new[] { 0f, -1f })]);
        float[] gradients = pass.InputGradient();
        float[] Every(float[] values, int first) => [.. values.Where((_, i) => i % 2 == first)];
        Compare("exp", Every(outputs, 0), Every(gradients, 0), Math.Exp, 2, failures);
        // As large as its largest part: where the logarithm is small beside the distance, the distance's rounding is all that counts.
        float[] logarithms = Every(outputs, 0);
        for (var i = 0; i < distances.Length; i++)
        {
            double d = 2.0 * distances[i];
            double exact = d > 0 ? -(d + Math.Log(1 + Math.Exp(-d))) : -Math.Log(1 + Math.Exp(d));
            double units = Math.Abs(logarithms[i] - exact) / Math.Max(Unit(exact), d > 0 ? 0 : UnitAtOne);
            if (!(units <= 3) && Math.Abs(d) < float.MaxValue)
                failures.Add(FormattableString.Invariant($"log-softmax of a distance of {d:R}: {logarithms[i]:R} for {exact:R}"));
        }
    }

    private static void Compare(string name, float[] inputs, float[] outputs, Func<double, double> exact, double most, List<string> failures, double floor = Subnormal)
    {
        for (var i = 0; i < inputs.Length && failures.Count < 20; i++)
        {
            double expected = exact(inputs[i]);
            bool isRight = double.IsNaN(expected) ? float.IsNaN(outputs[i])
                : (float)expected == outputs[i] || Math.Abs(outputs[i] - expected) <= Math.Max(most * Unit(expected), floor > Subnormal || Math.Abs(expected) < Subnormal ? floor : 0);
            if (!isRight)
                failures.Add(FormattableString.Invariant($"{name} of {inputs[i]:R}: {outputs[i]:R} for {expected:R}"));
        }
        int zero = Array.IndexOf(inputs, 0f);
        if (zero >= 0 && outputs[zero] != (float)exact(0))
            failures.Add(FormattableString.Invariant($"{name} of 0: {outputs[zero]:R} for exactly {exact(0):R}"));
    }

    /// <summary>The distance between floats at that place.</summary>
    private static double Unit(double value)
    {
        float size = Math.Min(Math.Abs((float)value), float.MaxValue);
        return size - (double)MathF.BitDecrement(size) is var below && size == 0 ? float.Epsilon : below;
    }

    /// <summary>Special values, all of the range in steps, and where results are neither 0 nor saturated; whole samples.</summary>
    private static float[] Inputs(uint step)
    {
        List<float> inputs = [.. Special];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step)
            inputs.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        for (float x = -110; x < 110; x += step * 1e-7f)
            inputs.Add(x);
        while (inputs.Count % Features != 0)
            inputs.Add(0);
        return [.. inputs];
    }
}

/// <summary>At this machine's own level; <see cref="OtherLevelTests"/> has the others.</summary>
public class FunctionAccuracyTests
{
    [Fact]
    public void Functions_are_exact_to_a_few_units_in_the_last_place() => FunctionAccuracy.Failures(step: 20_011).ShouldBeEmpty();
}
