using NetGen.Tests.Compilation;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Emitted networks against what PyTorch computed for the same declaration: outputs, gradients, running statistics.</summary>
public class EmittedAgainstPyTorchTests
{
    /// <remarks>Softmax over the channels of an image is beyond what a network may declare.</remarks>
    private static readonly PyTorchCase[] All =
        [.. PyTorchCase.All.Where(one => one.InputShape.Length == 1 || one.Layers is not [SoftmaxLayer or LogSoftmaxLayer])];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile(NetworkCase.Source(All.Select(Case))));

    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_PyTorchs(string name)
    {
        PyTorchCase expected = PyTorchCase.Named(name);
        ReferenceNetwork reference = expected.CreateReference();
        var actual = new GuardedNetwork(Networks.Value.Program($"Case{Array.IndexOf(All, expected)}"));
        actual.SetParameters([.. reference.Parameters.Select(one => Trial.Floats(one.Values))]);
        using ITestPass pass = actual.CreatePass(expected.Batch, threads: 1);

        double[] outputs = Doubles(pass.Forward(Trial.Floats(expected.Inputs()), expected.Training));
        var loss = 0.0;
        var gradients = new List<float[]>();
        foreach (((_, double weight), int output) in expected.FurtherOutputs.Prepend((0, 1)).Select((head, i) => (head, i)))
        {
            (double value, double[] gradient) = expected.CreateLoss(0, reference.OutputSize).Evaluate(Doubles(pass.Output(output)), expected.Batch);
            loss += weight * value;
            gradients.Add(Trial.Floats([.. gradient.Select(one => weight * one)]));
        }
        pass.BackwardFromOutputs(gradients);

        expected.Output.ShouldMatch(outputs, 1e-5, "output");
        loss.ShouldBe(expected.Loss, 1e-5 * Math.Max(1, Math.Abs(expected.Loss)));
        // As in Closeness: sums that cancel keep the rounding errors of what they sum.
        double floor = 0.01 * expected.Gradients.Values.Append(expected.InputGradient).Max(probe => probe.Values.Max(Math.Abs));
        expected.InputGradient.ShouldMatch(Doubles(pass.InputGradient()), Closeness.Gradient, "input gradient", floor);
        foreach ((string parameter, Probe probe) in expected.Gradients)
            probe.ShouldMatch(Doubles(pass.Gradient(parameter)), Closeness.Gradient, $"gradient of {parameter}", floor);
        foreach ((string buffer, Probe probe) in expected.Buffers)
            probe.ShouldMatch(Doubles(actual.Parameter(buffer)), 1e-5, buffer);
    }

    private static NetworkCase Case(PyTorchCase one) => new(one.InputShape, one.Layers, one.Batch, one.Batch) { Outputs = [.. one.FurtherOutputs.Select(head => head.Layer)] };

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];
}
