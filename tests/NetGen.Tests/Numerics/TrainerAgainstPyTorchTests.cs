using NetGen.Tests.Compilation;
using NetGen.Tests.Reference;

namespace NetGen.Tests.Numerics;

/// <summary>Three steps of a trainer leave the parameters and running statistics that PyTorch's loop leaves.</summary>
public class TrainerAgainstPyTorchTests
{
    private static readonly PyTorchCase[] Cases = [.. PyTorchCase.All.Where(one => one.Runs.Count > 0)];

    private static readonly Lazy<CompiledNetworks> Networks = new(() =>
        NetworkCompiler.Compile(NetworkCase.Source(Cases.Select(one => new NetworkCase(one.InputShape, one.Layers, one.Batch, one.Batch) { Outputs = [.. one.FurtherOutputs.Select(head => head.Layer)] }))));

    public static IEnumerable<object[]> Runs => Cases.SelectMany(one => one.Runs.Keys.Select(optimizer => new object[] { one.Name, optimizer }));

    [Theory]
    [MemberData(nameof(Runs))]
    public void Three_training_steps_agree(string name, string optimizer)
    {
        PyTorchCase expected = PyTorchCase.Named(name);
        PyTorchRun run = expected.Runs[optimizer];
        foreach ((int capacity, int threads) in new[] { (expected.Batch, 1), (expected.Batch + 29, 1), (expected.Batch, 2), (expected.Batch + 29, 2) })
        {
            string what = $"{threads} threads, room for {capacity}";
            INetwork network = Networks.Value.Create($"Case{Array.IndexOf(Cases, expected)}");
            var values = new PublicNetwork(network);
            values.SetParameters([.. expected.CreateReference().Parameters.Select(one => Trial.Floats(one.Values))]);
            using var trainer = new Trainer(
                network.State, CreateOptimizer(optimizer), LossOf(expected), capacity, threads, [.. expected.FurtherOutputs.Select(head => new OutputLoss($"o{head.Layer}", LossOf(expected), head.Weight))]);
            for (var step = 0; step < run.Losses.Length; step++)
                ((double)Step(trainer, expected, step, network.State.OutputSize)).ShouldBe(run.Losses[step], 1e-4, $"loss of step {step}, {what}");
            foreach ((string parameter, Probe probe) in run.Tensors)
                probe.ShouldMatch([.. values.Parameter(parameter).Select(value => (double)value)], 1e-3, $"{parameter}, {what}");
        }
    }

    private static Loss LossOf(PyTorchCase one) => one.LossKind switch
    {
        "CrossEntropy" => Loss.CrossEntropy,
        "NegativeLogLikelihood" => Loss.NegativeLogLikelihood,
        "MeanSquaredError" => Loss.MeanSquaredError,
        _ => throw new InvalidDataException($"{one.Name}: no such loss, '{one.LossKind}'."),
    };

    private static float Step(Trainer trainer, PyTorchCase one, int step, int outputs) => trainer.Loss.TakesLabels
        ? trainer.Step(Trial.Floats(one.Inputs(step)), one.Labels(step, outputs))
        : trainer.Step(Trial.Floats(one.Inputs(step)), Trial.Floats(one.Targets(step, outputs)));

    /// <summary>The optimizer that <c>pytorch_expected.py</c> calls by that name.</summary>
    private static Optimizer CreateOptimizer(string name) => name switch
    {
        "sgd" => new SGD(0.05f),
        "sgd momentum" => new SGD(0.05f, momentum: 0.9f),
        "sgd momentum decay" => new SGD(0.05f, momentum: 0.9f, weightDecay: 0.1f),
        "sgd nesterov decay" => new SGD(0.05f, momentum: 0.9f, weightDecay: 0.1f, nesterov: true),
        "adam" => new Adam(0.01f),
        "adam betas decay" => new Adam(0.01f, beta1: 0.8f, beta2: 0.95f, eps: 1e-4f, weightDecay: 0.1f),
        "adamw" => new AdamW(0.01f, weightDecay: 0.01f),
        "adamw betas decay" => new AdamW(0.01f, beta1: 0.8f, beta2: 0.95f, eps: 1e-4f, weightDecay: 0.3f),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such optimizer."),
    };
}
