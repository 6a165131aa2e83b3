using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>What a declared network ends in decides which losses it goes with.</summary>
public sealed class OutputFormTests
{
    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile("""
        namespace Networks;
        using NetGen;
        [Network, Input(4), Linear(3)] public partial class Plain;
        [Network, Input(4), Linear(3), Softmax] public partial class Shares;
        [Network, Input(4), Linear(3), LogSoftmax, Flatten] public partial class Logarithms;
        [Network, Input(4), Linear(1), Sigmoid] public partial class YesOrNo;
        [Network, Input(4), Linear(3), Sigmoid, Linear(3)] public partial class WithinOnly;
        """));

    [Theory]
    [InlineData("Plain", OutputForm.Raw)]
    [InlineData("Shares", OutputForm.Softmax)]
    [InlineData("Logarithms", OutputForm.LogSoftmax)]
    [InlineData("YesOrNo", OutputForm.Sigmoid)]
    [InlineData("WithinOnly", OutputForm.Raw)]
    public void The_last_layer_tells(string name, OutputForm form) => Networks.Value.Create(name).State.Definition.OutputForm.ShouldBe(form);

    [Fact]
    public void Wrong_pairs_are_refused_and_right_ones_train()
    {
        Refuses("Shares", Loss.CrossEntropy, "remove [Softmax]");
        Refuses("Plain", Loss.NegativeLogLikelihood, "add [LogSoftmax] as the last layer, or use Loss.CrossEntropy");
        Refuses("YesOrNo", Loss.BinaryCrossEntropy, "remove [Sigmoid]");
        Refuses("YesOrNo", Loss.CrossEntropy, "use Loss.BinaryCrossEntropy for a yes or no");
        foreach ((string name, Loss loss) in new[] { ("Plain", Loss.CrossEntropy), ("Logarithms", Loss.NegativeLogLikelihood), ("Logarithms", Loss.CrossEntropy) })
        {
            using Trainer trainer = Networks.Value.Create(name).CreateTrainer(new SGD(0.1), loss, batch: 2, threads: 1);
            float.IsFinite(trainer.Step(new float[8], [1, 2])).ShouldBeTrue();
        }
    }

    /// <summary>The same parameters with a softmax for serving and without one for training are measured alike.</summary>
    [Fact]
    public void A_network_with_softmax_is_measured_as_the_one_without()
    {
        float[] inputs = [.. Reference.Filler.Values(1, 400).Select(value => 3 * (float)value)];
        var data = new DataSet([4], inputs, Reference.Filler.Labels(2, 100, 3), classCount: 3);
        INetwork plain = Networks.Value.Create("Plain", seed: 5), shares = Networks.Value.Create("Shares", seed: 5), logarithms = Networks.Value.Create("Logarithms", seed: 5);
        Evaluation expected = plain.Evaluate(data, Loss.CrossEntropy);
        foreach (INetwork other in new[] { shares, logarithms })
        {
            Evaluation given = other.Evaluate(data);
            given.Loss.ShouldBe(expected.Loss, 1e-5);
            given.Accuracy.ShouldBe(expected.Accuracy);
        }
    }

    private static void Refuses(string name, Loss loss, string way) =>
        Should.Throw<ArgumentException>(() => Networks.Value.Create(name).CreateTrainer(new SGD(), loss, batch: 2)).Message.ShouldContain(way);
}
