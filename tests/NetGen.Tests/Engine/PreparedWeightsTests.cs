using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Engine;

/// <summary>Predictions read weights that batch normalisations are folded into: they follow every write to a parameter, from whatever thread they come.</summary>
public sealed class PreparedWeightsTests
{
    private const int Batch = 20, Inputs = 2 * 6 * 6, Outputs = 4;

    private static readonly NetworkCase Net = new(
        [2, 6, 6],
        [
            new Conv2dLayer(2, 17, new(3), new(1), new(1), Bias: false), new BatchNorm2dLayer(17), new ReLULayer(),
            new Conv2dLayer(17, 33, new(3), new(1), new(0)), new BatchNorm2dLayer(33, Eps: 0.01),
            new FlattenLayer(), new LinearLayer(33 * 16, 5), new BatchNorm1dLayer(5), new ReLULayer(), new LinearLayer(5, Outputs),
        ],
        Batch, 7);

    private static readonly Dictionary<bool, CompiledNetworks> Compiled = new[] { false, true }.ToDictionary(wide => wide, wide => CompiledCases.Compile([Net], wide ? PlanWish.Wide : PlanWish.Cheapest));

    private static readonly float[] Samples = [.. Enumerable.Range(0, Batch * Inputs).Select(i => MathF.Sin(i * 0.7f))];
    private static readonly int[] Labels = [.. Enumerable.Range(0, Batch).Select(i => i % Outputs)];

    private static readonly Dictionary<string, Action<INetwork>> Writes = new()
    {
        ["a value"] = net => net.Parameters["conv1.weight"].Values[5] += 1,
        ["a product's bias"] = net => net.Parameters["conv2.bias"].Values.Fill(0.5f),
        ["a normalisation's weight"] = net => net.Parameters["batchnorm1.weight"].Values[0] = 2,
        ["a running mean"] = net => net.Parameters["batchnorm2.running_mean"].Values.Fill(0.3f),
        ["a running variance"] = net => net.Parameters["batchnorm3.running_var"].Values.Fill(0.1f),
        ["an optimizer"] = net =>
        {
            using NetworkPass pass = net.CreatePass(Batch);
            pass.Forward(Samples);
            pass.OutputGradient.Fill(1);
            pass.Backward();
            new SGD(0.1).Step(net);
        },
        ["a trainer"] = net =>
        {
            using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, Batch, 2);
            trainer.Step(Samples, Labels);
        },
        ["a training pass"] = net =>
        {
            using NetworkPass pass = net.CreatePass(Batch);
            pass.Training = true;
            pass.Forward(Samples);
        },
        ["a file"] = net =>
        {
            INetwork other = Create(net.State.Definition.PredictIsShared, 77);
            var bytes = new MemoryStream();
            other.Save(bytes);
            bytes.Position = 0;
            net.LoadWeights(bytes);
        },
    };

    public static IEnumerable<object[]> Ways => from way in Writes.Keys from wide in Compiled.Keys select new object[] { way, wide };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Predictions_follow_every_write(string way, bool wide)
    {
        INetwork net = Create(wide, 1);
        using Predictor predictor = net.CreatePredictor(2);
        float[] before = net.Predict(Samples);
        for (var time = 0; time < 2; time++)
        {
            Writes[way](net);
            float[] expected = Fresh(net, wide).Predict(Samples), together = new float[Batch * Outputs];
            net.Predict(Samples).ShouldBe(expected);
            net.Predict(Samples.AsSpan(0, Inputs)).ShouldBe(Fresh(net, wide).Predict(Samples.AsSpan(0, Inputs)));
            predictor.Predict(Samples, together);
            together.ShouldBe(expected);
        }
        net.Predict(Samples).ShouldNotBe(before);
    }

    /// <summary>The first that a changed network is asked comes from many threads: all wait for the weights, none reads them half made.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_threads_may_ask_first(bool wide)
    {
        INetwork net = Create(wide, 1);
        for (var time = 0; time < 30; time++)
        {
            net.Parameters["batchnorm2.weight"].Values.Fill(1 + (time * 0.1f));
            float[] expected = Fresh(net, wide).Predict(Samples);
            var wrong = 0;
            using var start = new Barrier(4);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                if (!net.Predict(Samples).SequenceEqual(expected))
                    Interlocked.Increment(ref wrong);
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            wrong.ShouldBe(0);
        }
    }

    /// <summary>What a training step has made of a prediction that came in its midst is not kept beyond the step.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predictions_beside_a_step_leave_nothing_behind(bool wide)
    {
        INetwork net = Create(wide, 1);
        using Trainer trainer = net.CreateTrainer(new Adam(0.01), Loss.CrossEntropy, Batch);
        using var stop = new CancellationTokenSource();
        var beside = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
                net.Predict(Samples);
        });
        beside.Start();
        for (var step = 0; step < 200; step++)
            trainer.Step(Samples, Labels);
        stop.Cancel();
        beside.Join();
        net.Predict(Samples).ShouldBe(Fresh(net, wide).Predict(Samples));
    }

    [Fact]
    public void Every_normalisation_behind_a_product_is_folded()
    {
        foreach (var plan in Plans.Of([Net]).SelectMany(plan => new[] { plan, CompiledCases.Planned(plan, PlanWish.Wide) }))
        {
            plan.Inference.Prepare.Count.ShouldBe(3);
            plan.Inference.Forward.ShouldNotContain(o => o.Label == "normalisation" || o.Label == "running statistics");
        }
    }

    [Fact]
    public void Others_are_not()
    {
        Layer conv = new Conv2dLayer(2, 3, new(3), new(1), new(1)), norm = new BatchNorm2dLayer(3);
        Layer[][] networks =
        [
            [new BatchNorm2dLayer(2), conv],
            [conv, new ReLULayer(), norm],
            [conv, new FlattenLayer(), new BatchNorm1dLayer(3 * 36)],
            [conv, new MaxPool2dLayer(new(2), new(2), new(0)), norm],
        ];
        foreach (var plan in Plans.Of([.. networks.Select(layers => new NetworkCase([2, 6, 6], layers, 4, 1))]))
        {
            plan.Inference.Prepare.ShouldBeEmpty();
            plan.Inference.Forward.ShouldContain(o => o.Label == "normalisation");
        }
    }

    private static INetwork Create(bool wide, ulong seed) => Compiled[wide].Create("Case0", seed);

    /// <summary>A network that has never predicted, with the same parameters.</summary>
    private static INetwork Fresh(INetwork net, bool wide)
    {
        INetwork other = Create(wide, 99);
        foreach (Parameter parameter in net.Parameters)
            other.Parameters[parameter.Name].Values.Assign(parameter.Values.ToArray());
        return other;
    }
}
