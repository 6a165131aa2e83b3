using NetGen.Tests.Compilation;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Values at the ends of float32's range, where formulas overflow that are right in the middle.</summary>
public class ExtremeValueTests
{
    private static readonly float[] Values =
    [
        -float.MaxValue, -1e30f, -1000, -104, -100, -89, -88, -87, -30, -17, -16, -10, -9, -5, -1, -1e-3f, -1e-20f, -float.Epsilon, -0f,
        0, float.Epsilon, 1e-20f, 1e-3f, 1, 5, 9, 10, 16, 17, 30, 87, 88, 89, 100, 104, 1000, 1e30f,
    ];

    private static readonly NetworkCase[] Cases =
    [
        new([Values.Length], [new SigmoidLayer()], 17, 17),
        new([Values.Length], [new TanhLayer()], 17, 17),
        new([Values.Length], [new ReLULayer()], 17, 17),
        new([Values.Length], [new ReLU6Layer()], 17, 17),
        new([Values.Length], [new LeakyReLULayer(0.3)], 17, 17),
        new([Values.Length], [new ELULayer(0.5)], 17, 17),
        new([Values.Length], [new HardsigmoidLayer()], 17, 17),
        new([Values.Length], [new HardswishLayer()], 17, 17),
        new([Values.Length], [new SiLULayer()], 17, 17),
        new([Values.Length], [new GELULayer()], 17, 17),
        new([Values.Length], [new GELULayer(Approximate: true)], 17, 17),
        new([Values.Length], [new SoftplusLayer(2, 3)], 17, 17),
        new([Values.Length], [new MishLayer()], 17, 17),
    ];

    public static TheoryData<int> Activations => [.. Enumerable.Range(0, Cases.Length)];

    private static readonly NetworkCase[] Softmaxes = [new([5], [new SoftmaxLayer()], 17, 17), new([5], [new LogSoftmaxLayer()], 17, 17)];

    private static readonly NetworkCase[] Others =
    [
        new([5], [new LinearLayer(5, 17), new ReLULayer(), new LinearLayer(17, 3)], 17, 17),
        new([1, 6, 6], [new Conv2dLayer(1, 6, new(3), new(1), new(1)), new ReLULayer(), new FlattenLayer(), new LinearLayer(216, 4), new TanhLayer()], 17, 17),
        new([16, 4, 4], [new Conv2dLayer(16, 16, new(3), new(1), new(1)), new ReLULayer(), new FlattenLayer(), new LinearLayer(256, 3)], 17, 17),
    ];

    private static readonly Lazy<CompiledNetworks> Elementwise = new(() => NetworkCompiler.Compile(NetworkCase.Source(Cases)));
    private static readonly Lazy<CompiledNetworks> Normalising = new(() => NetworkCompiler.Compile(NetworkCase.Source(Softmaxes)));
    private static readonly Lazy<CompiledNetworks> Mixing = new(() => NetworkCompiler.Compile(NetworkCase.Source(Others)));

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_saturate(int index)
    {
        float[] inputs = [.. Enumerable.Repeat(Values, 17).SelectMany(values => values)];
        Check(Elementwise.Value, Cases[index], index, inputs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Softmax_does_not_overflow(int index)
    {
        float[][] rows = [[1000, 999, -1000, 0, 1], [-1000, -1000, -1000, -1000, -1000], [3e38f, 0, 0, 0, 0], [88, 89, 90, -90, 0], [0, 0, 0, 0, 0]];
        float[] inputs = [.. Enumerable.Range(0, 17).SelectMany(n => rows[n % rows.Length])];
        Check(Normalising.Value, Softmaxes[index], index, inputs);
    }

    /// <summary>A sample that is not a number shows it (PyTorch's ReLU and matrix products hand NaN on), and leaves its neighbours alone.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Not_a_number_stays_in_its_sample(int index)
    {
        const int spoilt = 3;
        NetworkCase network = Others[index];
        Trial trial = Trial.Draw(network, 17, training: false);
        float[] inputs = Trial.Floats(trial.Inputs);
        Array.Fill(inputs, float.NaN, spoilt * inputs.Length / 17, inputs.Length / 17);
        var actual = new GuardedNetwork(Mixing.Value.Program($"Case{index}"));
        actual.SetParameters(trial.Parameters);
        using ITestPass pass = actual.CreatePass(17, threads: 1);

        foreach (float[] outputs in new[] { actual.Predict(inputs, 17), pass.Forward(inputs, training: false) })
        {
            float[][] rows = [.. outputs.Chunk(outputs.Length / 17)];
            double[][] expected = [.. trial.Activations[^1].Chunk(outputs.Length / 17)];
            rows[spoilt].ShouldAllBe(value => float.IsNaN(value));
            foreach (int n in Enumerable.Range(0, 17).Where(n => n != spoilt))
                rows[n].ShouldHaveValues(expected[n], $"sample {n}");
        }
    }

    private static void Check(CompiledNetworks compiled, NetworkCase network, int index, float[] inputs)
    {
        ReferenceNetwork reference = network.CreateReference(seed: 0);
        double[] expected = reference.Forward([.. inputs.Select(value => (double)value)], training: false);
        double[] gradient = Filler.Values(5, expected.Length);
        double[] inputGradient = reference.Backward(gradient);
        var actual = new GuardedNetwork(compiled.Program($"Case{index}"));
        using ITestPass pass = actual.CreatePass(17, threads: 1);

        ShouldAgree(actual.Predict(inputs, 17), expected, inputs, "Predict");
        ShouldAgree(pass.Forward(inputs, training: false), expected, inputs, "Forward");
        pass.BackwardFrom(0, Trial.Floats(gradient));
        ShouldAgree(pass.InputGradient(), inputGradient, inputs, "InputGradient");
    }

    private static void ShouldAgree(float[] actual, double[] expected, float[] inputs, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            double allowed = 1e-6 * Math.Max(1, Math.Abs(expected[i]));
            (Math.Abs(actual[i] - expected[i]) <= allowed).ShouldBeTrue($"{what} of {inputs[i]:R}: {actual[i]:R} for {expected[i]:R}");
        }
    }
}
