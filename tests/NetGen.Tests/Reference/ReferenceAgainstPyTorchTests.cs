namespace NetGen.Tests.Reference;

/// <summary>The double-precision reference, which judges the emitted code, is itself held to PyTorch in double precision.</summary>
public class ReferenceAgainstPyTorchTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Cases => [.. PyTorchCase.All.Select(one => one.Name)];

    public static IEnumerable<object[]> Runs =>
        PyTorchCase.All.SelectMany(one => one.Runs.Keys.Select(optimizer => new object[] { one.Name, optimizer }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_backward_agree(string name)
    {
        PyTorchCase expected = PyTorchCase.Named(name);
        ReferenceNetwork network = expected.CreateReference();

        double[] output = network.Forward(expected.Inputs(), expected.Training);
        (double loss, double[] inputGradient) = network.BackwardFromLosses(expected.CreateLoss(0, network.OutputSize), expected.Batch, expected.FurtherOutputs);
        if (expected.Training)
            network.UpdateStatistics();

        expected.Output.ShouldMatch(output, Tolerance, "output");
        loss.ShouldBe(expected.Loss, Tolerance * Math.Max(1, Math.Abs(expected.Loss)));
        expected.InputGradient.ShouldMatch(inputGradient, Tolerance, "input gradient");
        network.Parameters.Where(one => one.Spec.IsTrainable).Select(one => one.Name).ShouldBe(expected.Gradients.Keys, ignoreOrder: true);
        network.Parameters.Where(one => !one.Spec.IsTrainable).Select(one => one.Name).ShouldBe(expected.Buffers.Keys, ignoreOrder: true);
        foreach (ReferenceParameter parameter in network.Parameters)
        {
            if (parameter.Spec.IsTrainable)
                expected.Gradients[parameter.Name].ShouldMatch(parameter.Gradient, Tolerance, $"gradient of {parameter.Name}");
            else
                expected.Buffers[parameter.Name].ShouldMatch(parameter.Values, Tolerance, parameter.Name);
        }
    }

    /// <remarks>Adam divides by the gradient's own size, so a gradient that is 0 but for rounding still moves a value: 1e-6.</remarks>
    [Theory]
    [MemberData(nameof(Runs))]
    public void Three_training_steps_agree(string name, string optimizer)
    {
        PyTorchCase expected = PyTorchCase.Named(name);
        ReferenceNetwork network = expected.CreateReference();
        ReferenceOptimizer reference = CreateOptimizer(optimizer);

        double[] losses = [.. Enumerable.Range(0, 3)
            .Select(step => network.Step(expected.Inputs(step), expected.CreateLoss(step, network.OutputSize), reference, expected.FurtherOutputs))];

        PyTorchRun run = expected.Runs[optimizer];
        losses.ShouldBe(run.Losses, 1e-8);
        foreach (ReferenceParameter parameter in network.Parameters)
            run.Tensors[parameter.Name].ShouldMatch(parameter.Values, 1e-6, parameter.Name);
    }

    /// <summary>The optimizer that <c>pytorch_expected.py</c> calls by that name.</summary>
    internal static ReferenceOptimizer CreateOptimizer(string name) => name switch
    {
        "sgd" => new ReferenceSgd(0.05),
        "sgd momentum" => new ReferenceSgd(0.05, 0.9),
        "sgd momentum decay" => new ReferenceSgd(0.05, 0.9, weightDecay: 0.1),
        "sgd nesterov decay" => new ReferenceSgd(0.05, 0.9, nesterov: true, weightDecay: 0.1),
        "adam" => new ReferenceAdam(0.01),
        "adam betas decay" => new ReferenceAdam(0.01, 0.8, 0.95, 1e-4, 0.1),
        "adamw" => new ReferenceAdam(0.01, weightDecay: 0.01, decoupled: true),
        "adamw betas decay" => new ReferenceAdam(0.01, 0.8, 0.95, 1e-4, 0.3, decoupled: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such optimizer."),
    };
}
