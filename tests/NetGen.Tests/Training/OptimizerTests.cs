using NetGen.Engine;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>Optimizers against the algorithm boxes of PyTorch's torch.optim pages, in double precision, over several steps.</summary>
public sealed class OptimizerTests
{
    private const int Steps = 12;

    public static TheoryData<string> Names => [.. Pairs.Keys];

    private static Dictionary<string, (Func<Optimizer> Make, Func<ReferenceOptimizer> Reference)> Pairs { get; } = new()
    {
        ["SGD"] = (() => new SGD(0.05f), () => new ReferenceSgd(0.05)),
        ["SGD, decay"] = (() => new SGD(0.05f, weightDecay: 0.1f), () => new ReferenceSgd(0.05, weightDecay: 0.1)),
        ["SGD, momentum"] = (() => new SGD(0.05f, momentum: 0.9f), () => new ReferenceSgd(0.05, 0.9)),
        ["SGD, momentum and decay"] = (() => new SGD(0.05f, 0.9f, 0.1f), () => new ReferenceSgd(0.05, 0.9, weightDecay: 0.1)),
        ["SGD, Nesterov"] = (() => new SGD(0.05f, 0.9f, 0.1f, nesterov: true), () => new ReferenceSgd(0.05, 0.9, true, 0.1)),
        ["Adam"] = (() => new Adam(), () => new ReferenceAdam(1e-3)),
        ["Adam, all else"] = (() => new Adam(0.02f, 0.8f, 0.99f, 1e-3f, 0.1f), () => new ReferenceAdam(0.02, 0.8, 0.99, 1e-3, 0.1)),
        ["AdamW"] = (() => new AdamW(0.01f), () => new ReferenceAdam(0.01, weightDecay: 1e-2, decoupled: true)),
        ["AdamW, all else"] = (() => new AdamW(0.02f, 0.8f, 0.99f, 1e-3f, 0.3f), () => new ReferenceAdam(0.02, 0.8, 0.99, 1e-3, 0.3, decoupled: true)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void FollowsPyTorchsFormulas(string name)
    {
        (Func<Optimizer> make, Func<ReferenceOptimizer> makeReference) = Pairs[name];
        var net = new TestNetwork(new PerceptronProgram(7, 21, grouped: true));
        Optimizer optimizer = make();
        ReferenceOptimizer reference = makeReference();
        ReferenceParameter[] expected = [.. net.Parameters.Where(one => one.IsTrainable).Select(Copy)];
        for (var step = 0; step < Steps; step++)
        {
            foreach (ReferenceParameter parameter in expected)
            {
                // Gradients of very different sizes, some exactly 0.
                for (var i = 0; i < parameter.Gradient.Length; i++)
                    parameter.Gradient[i] = i % 5 == 0 ? 0 : (float)(Math.Sin((step * 31) + i) * Math.Pow(10, (i % 7) - 5));
                net.Parameters[parameter.Name].Gradient.Assign([.. parameter.Gradient.Select(g => (float)g)]);
            }
            optimizer.Step(net);
            reference.Step(expected);
        }
        optimizer.StepCount.ShouldBe(Steps);
        foreach (ReferenceParameter parameter in expected)
        {
            float[] values = net.Parameters[parameter.Name].Values.ToArray();
            for (var i = 0; i < values.Length; i++)
                ((double)values[i]).ShouldBe(parameter.Values[i], 3e-6 * Math.Max(1, Math.Abs(parameter.Values[i])), $"{parameter.Name}[{i}]");
        }
        net.Parameters["seen"].Values[0].ShouldBe(1);
        net.State.Values.Span.Slice(21, 11).ToArray().ShouldBe(new float[11], "padding");
    }

    [Fact]
    public void DampeningBeginsWithTheSecondStep()
    {
        var net = new TestNetwork(new PerceptronProgram(1, 1, grouped: true));
        net.Parameters[0].Values.Fill(1);
        var optimizer = new SGD(0.5f, momentum: 0.5f, dampening: 0.25f);
        net.Parameters[0].Gradient.Fill(1);
        optimizer.Step(net);
        net.Parameters[0].Values[0].ShouldBe(0.5f); // b = 1
        optimizer.Step(net);
        net.Parameters[0].Values[0].ShouldBe(0.5f - (0.5f * 1.25f)); // b = 0.5·1 + 0.75·1
    }

    [Fact]
    public void AnOptimizerServesOneNetwork()
    {
        var first = new TestNetwork(new PerceptronProgram(2, 2, grouped: true));
        var second = new TestNetwork(new PerceptronProgram(2, 2, grouped: true));
        var adam = new Adam();
        adam.Step(first);
        Should.Throw<InvalidOperationException>(() => adam.Step(second)).Message.ShouldContain("Adam already trains another network (Perceptron)");
        Should.Throw<ArgumentNullException>(() => adam.Step(null!)).ParamName.ShouldBe("net");
        Should.Throw<InvalidOperationException>(() => second.CreateTrainer(adam, Loss.CrossEntropy, 4));
        first.CreateTrainer(adam, Loss.CrossEntropy, 4).Dispose();
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD(-1)).Message.ShouldContain("LearningRate");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD(float.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD(1, momentum: -1)).ParamName.ShouldBe("momentum");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD(1, weightDecay: float.PositiveInfinity)).ParamName.ShouldBe("weightDecay");
        Should.Throw<ArgumentException>(() => new SGD(1, nesterov: true)).Message.ShouldContain("momentum above 0");
        Should.Throw<ArgumentException>(() => new SGD(1, 0.9f, nesterov: true, dampening: 0.1f));
        Should.Throw<ArgumentOutOfRangeException>(() => new Adam(beta1: 1)).ParamName.ShouldBe("beta1");
        Should.Throw<ArgumentOutOfRangeException>(() => new AdamW(eps: 0)).ParamName.ShouldBe("eps");
    }

    [Fact]
    public void AnyoneMayWriteAnother()
    {
        var net = new TestNetwork(new PerceptronProgram(3, 2, grouped: true));
        float[] before = net.Parameters[0].Values.ToArray();
        net.Parameters[0].Gradient.Assign([1, -2, 3, -4, 0, 6]);
        new SignDescent(0.125f).Step(net);
        net.Parameters[0].Values.ToArray().ShouldBe([before[0] - 0.125f, before[1] + 0.125f, before[2] - 0.125f, before[3] + 0.125f, before[4], before[5] - 0.125f]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(2, int.MaxValue)]
    public void StateBeyondItsCountIsRefused(int count, int index)
    {
        var net = new TestNetwork(new PerceptronProgram(3, 2, grouped: true));
        ArgumentOutOfRangeException refusal = Should.Throw<ArgumentOutOfRangeException>(() => new Hoarder(count, index).Step(net));
        refusal.ParamName.ShouldBe("index");
        refusal.Message.ShouldContain($"to below the optimizer's StateCount, {count}, is expected, and {index} is given");
        new Hoarder(count, null).Step(net);
    }

    [Fact]
    public void AStateThatCannotBeMadeLeavesTheOptimizerFree()
    {
        var first = new TestNetwork(new PerceptronProgram(2, 2, grouped: true));
        var second = new TestNetwork(new PerceptronProgram(3, 3, grouped: true));
        var hoarder = new Hoarder(2, null) { Count = int.MaxValue };
        Should.Throw<ArgumentOutOfRangeException>(() => hoarder.Step(first));
        hoarder.StepCount.ShouldBe(0);
        hoarder.Count = 2;
        hoarder.Step(second);
        hoarder.StepCount.ShouldBe(1);
        // Asked for once: another answer would be of state that is not there.
        hoarder.Count = 3;
        hoarder.Step(second);
        hoarder.StepCount.ShouldBe(2);
    }

    [Fact]
    public void AStepThatFailsDoesNotCount()
    {
        var net = new TestNetwork(new PerceptronProgram(3, 2, grouped: true));
        var hoarder = new Hoarder(1, 1);
        Should.Throw<ArgumentOutOfRangeException>(() => hoarder.Step(net));
        using Trainer trainer = net.CreateTrainer(hoarder, Loss.CrossEntropy, 4, 2);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.Step(new float[12], new int[4]));
        hoarder.StepCount.ShouldBe(0);
        trainer.StepCount.ShouldBe(0);
    }

    [Fact]
    public void TwoThreadsBindAnOptimizerToOneNetwork()
    {
        for (var race = 0; race < 200; race++)
        {
            TestNetwork[] nets = [.. Enumerable.Range(0, 2).Select(_ => new TestNetwork(new PerceptronProgram(2, 2, grouped: true)))];
            var adam = new Adam();
            using var start = new Barrier(2);
            var refusals = new Exception?[2];
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                refusals[i] = Record.Exception(() => adam.Step(nets[i]));
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            refusals.Count(refusal => refusal is null).ShouldBe(1);
            refusals.OfType<InvalidOperationException>().Count().ShouldBe(1);
        }
    }

    [Fact]
    public void ANetworkWhoseStateChangesIsAskedOnce()
    {
        var small = new TestNetwork(new PerceptronProgram(2, 2, grouped: true));
        var large = new TestNetwork(new PerceptronProgram(300, 200, grouped: true));
        float[] before = large.AllValues();
        new SGD(0.1f).Step(new Fickle(small.State, large.State));
        large.AllValues().ShouldBe(before);
        Should.Throw<ArgumentException>(() => new SGD(0.1f).Step(new Fickle([null!]))).Message.ShouldContain("INetwork.State is null");
    }

    private static ReferenceParameter Copy(Parameter parameter)
    {
        var copy = new ReferenceParameter(parameter.Name, new ParameterSpec(parameter.Name, [.. parameter.Shape.Extents], Fill.Weight));
        for (var i = 0; i < copy.Values.Length; i++)
            copy.Values[i] = parameter.Values[i];
        return copy;
    }

    /// <summary>Uses all its state, and one buffer more where told to.</summary>
    private sealed class Hoarder(int count, int? beyond) : Optimizer(1)
    {
        /// <summary>What it says it uses, where that is something else.</summary>
        public int? Count { get; set; }

        protected override int StateCount => Count ?? count;

        protected override void Update(in ParameterSlice slice)
        {
            for (var i = 0; i < count; i++)
                slice.State(i).Length.ShouldBe(slice.Values.Length);
            if (beyond is { } index)
                _ = slice.State(index);
        }
    }

    /// <summary>A network that says another state every time.</summary>
    private sealed class Fickle(params NetworkState[] states) : INetwork
    {
        private int asked;

        public NetworkState State => states[asked++ % states.Length];

        public ParameterCollection Parameters => throw new NotSupportedException();

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => throw new NotSupportedException();

        public void Save(string path) => throw new NotSupportedException();
    }

    private sealed class SignDescent(float rate) : Optimizer(rate)
    {
        protected override int StateCount => 0;

        protected override void Update(in ParameterSlice slice)
        {
            for (var i = 0; i < slice.Values.Length; i++)
                slice.Values[i] -= (float)LearningRate * Math.Sign(slice.Gradients[i]);
        }
    }
}
