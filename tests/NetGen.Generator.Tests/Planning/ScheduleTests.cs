using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Planning;

/// <summary>The order of steps, where workers meet, and where memory is used again go together: held by a simulation of each.</summary>
public class ScheduleTests
{
    public static TheoryData<string> Networks { get; } =
    [
        "Input(1, 28, 28), Conv2d(6, 5, stride: 2), ReLU, Conv2d(16, 5, stride: 2), ReLU, Flatten, Linear(84), ReLU, Linear(10)",
        "Input(20), Linear(64), ReLU, Linear(33), Tanh, Linear(17), Sigmoid, Linear(3), LogSoftmax",
        "Input(3, 12, 12), Conv2d(32, 3, padding: 1, bias: false), BatchNorm2d, ReLU, MaxPool2d(2), Conv2d(48, 3, padding: 1), BatchNorm2d, ReLU, AvgPool2d(2), Flatten, Dropout(0.3), Linear(10)",
        "Input(16, 9, 7), MaxPool2d(2), Sigmoid, Conv2d(16, [3, 2], padding: [1, 0]), Tanh, Dropout(0.5), Flatten, BatchNorm1d, Linear(5), Softmax",
        "Input(2, 6, 6), Conv2d(3, 3), ReLU, MaxPool2d(2), Flatten, Dropout(0.5), Linear(7), Tanh, Linear(2), Softmax",
        "Input(3, 5, 7), Flatten",
        "Input(9), Dropout(0.25)",
        "Input(24, 8, 8), Conv2d(24, 3), Conv2d(40, 1), ReLU, Conv2d(24, 3, stride: 2)",
        "Input(16, 6, 6), Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, ReLU, Conv2d(16, 3, padding: 1), Add(\"input\"), ReLU(As = \"a\"), Conv2d(20, 1, stride: 2, As = \"b\"), "
            + "Conv2d(20, 3, stride: 2, padding: 1, From = \"a\"), Add(\"b\"), Concat(\"b\"), GlobalAvgPool2d, Linear(3)",
        "Input(3, 4, 4), Conv2d(3, 3, padding: 1), Sigmoid, Multiply(\"conv1\"), Add(\"input\", \"conv1\"), Concat(\"input\"), Flatten, Linear(4)",
        "Input(3, 8, 8), Conv2d(4, 3, As = \"a\"), ReLU(As = \"r\"), Flatten, Linear(3), Output(\"one\"), Conv2d(4, 3, padding: 1, From = \"r\", As = \"c\")"
            + ", ReLU(As = \"t\"), Output(\"two\"), Conv2d(4, 3, padding: 1, Weights = \"c\"), Add(\"t\"), Flatten, Linear(5)",
        "Input(20), Linear(20, As = \"a\"), Tanh, Linear(20, Weights = \"a\"), Tanh, LayerNorm(As = \"n\", Frozen = true), Output(\"one\"), Linear(20, Weights = \"a\"), LayerNorm(Weights = \"n\")",
        "Input(8), ReLU, BatchNorm1d, Linear(8), BatchNorm1d, ReLU, Linear(8), ReLU, Linear(8), ReLU, Linear(8)",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nothing_is_overwritten_before_its_last_use_and_no_worker_runs_into_another(string layers)
    {
        foreach (PlanWish wish in Enum.GetValues<PlanWish>())
        {
            NetworkPlan plan = Plan(layers, wish);
            ScheduleSimulation.Run(plan.Training).ShouldBeEmpty();
            ScheduleSimulation.RunInference(plan.PredictSamples).ShouldBeEmpty();
            if (plan.PredictGroups is { } groups)
                ScheduleSimulation.RunInference(groups).ShouldBeEmpty();
        }
    }

    /// <summary>The simulation sees what it is there for: each barrier left out is missed, unless no other worker would have noticed.</summary>
    [Fact]
    public void A_barrier_left_out_is_found()
    {
        PassPlan plan = Plan("Input(20), Linear(64), ReLU, Linear(33), Tanh, Linear(3)").Training;
        int[] waits = [.. plan.Backward.Select((step, i) => step.Waits ? i : -1).Where(i => i >= 0)];
        waits.ShouldNotBeEmpty();
        foreach (int left in waits)
        {
            EquatableArray<Step> steps = plan.Backward.Select((step, i) => i == left ? step with { Waits = false } : step).ToEquatableArray();
            ScheduleSimulation.Run(plan with { Backward = steps }).ShouldNotBeEmpty($"without the barrier before step {left}");
        }
    }

    /// <summary>The same of a prediction that several workers share.</summary>
    [Fact]
    public void A_barrier_left_out_of_a_prediction_is_found()
    {
        PassPlan plan = Plan("Input(3, 12, 12), Conv2d(32, 3, padding: 1), ReLU, MaxPool2d(2), Conv2d(48, 3, padding: 1), Flatten, Linear(10)", PlanWish.Wide).PredictSamples;
        int[] waits = [.. plan.Forward.Select((step, i) => step.Waits ? i : -1).Where(i => i >= 0)];
        waits.Length.ShouldBeGreaterThan(4);
        foreach (int left in waits)
        {
            EquatableArray<Step> steps = plan.Forward.Select((step, i) => i == left ? step with { Waits = false } : step).ToEquatableArray();
            ScheduleSimulation.RunInference(plan with { Forward = steps }).ShouldNotBeEmpty($"without the barrier before step {left}");
        }
    }

    [Fact]
    public void A_lifetime_cut_short_is_found()
    {
        PassPlan plan = Plan("Input(20), Linear(64), Sigmoid, Linear(33), Tanh, Linear(3)").Training;
        // The first activation is needed until the backward pass has come back to it: the last gradient may not lie there.
        Dictionary<string, int> offsets = plan.Memory.Offsets.ToDictionary(o => o.Key, o => o.Value);
        offsets["linear3:gradient"] = offsets["sigmoid1"];
        ScheduleSimulation.Run(plan with { Memory = plan.Memory with { Offsets = offsets } }).ShouldContain(fault => fault.Contains("sigmoid1"));
    }

    private static NetworkPlan Plan(string layers, PlanWish wish = PlanWish.Cheapest)
    {
        Compilation compilation = Compilations.Create($"{Compilations.Preamble}[Network, {layers}] public partial class Net;");
        NetworkDeclaration declaration = NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None);
        NetworkGraph graph = GraphBuilder.Build(declaration, CancellationToken.None);
        graph.Problems.ShouldBeEmpty();
        return NetworkPlan.Make(graph, CancellationToken.None, wish);
    }
}
