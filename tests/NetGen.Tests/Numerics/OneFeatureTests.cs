using NetGen.Tests.Compilation;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Of one class everything is certain: probability 1, its logarithm 0, no gradient, exactly.</summary>
public class OneFeatureTests
{
    private static readonly float[] Values = [0, 1, -1, 0.1f, -88, 1000, -1e30f, 3e38f, 1e-40f, 7];

    private static readonly Layer[] Layers = [new SoftmaxLayer(), new LogSoftmaxLayer()];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile(NetworkCase.Source(
    [
        .. Layers.Select(layer => new NetworkCase([1], [layer], 16, 1)),
        // Normalised networks train channels last, where the one feature is a lane among padding.
        .. Layers.Select(layer => new NetworkCase([1], [new BatchNorm1dLayer(1), layer], 16, 1)),
    ])));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void Softmax_of_one_feature_is_constant(int index, float expected)
    {
        var network = new PublicNetwork(Networks.Value.Create($"Case{index}"));
        using ITestPass pass = network.CreatePass(Values.Length, threads: 1);

        pass.Forward(Values, training: false).ShouldAllBe(y => y == expected);
        pass.BackwardFrom(index / 2, [.. Values.Select(x => x + 0.3f)]);
        pass.InputGradient().ShouldAllBe(gradient => gradient == 0);
        network.Predict(Values, Values.Length).ShouldAllBe(y => y == expected);
        network.Predict(Values[..1], 1).ShouldAllBe(y => y == expected);
    }
}
