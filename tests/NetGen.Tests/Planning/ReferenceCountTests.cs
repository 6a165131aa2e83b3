using NetGen.Generator.Graph;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Planning;

/// <summary>Parameters and multiply-adds of well-known networks, as torchvision's definitions and the papers have them.</summary>
public class ReferenceCountTests
{
    private static readonly Dictionary<string, NetworkGraph> Graphs = Plans.OfBenchmarks().ToDictionary(plan => plan.Graph.Identity.Name, plan => plan.Graph);

    [Theory]
    [InlineData("AlexNet", 61_100_840, 714_188_480)]
    [InlineData("Vgg16", 138_357_544, 15_470_264_320)]
    [InlineData("ResNet18", 11_689_512, 1_814_073_344)]
    [InlineData("ResNet50", 25_557_032, 4_089_184_256)]
    [InlineData("MobileNet", 4_231_976, 568_740_352)]
    [InlineData("MobileNetHalf160", 1_331_592, 76_524_800)]
    [InlineData("ResNet20", 272_474, 40_813_184)]
    public void Networks_have_exactly_as_many(string network, long parameters, long multiplyAdds)
    {
        Graphs[network].Problems.ShouldBeEmpty();
        Graphs[network].ParameterCount.ShouldBe(parameters);
        Graphs[network].MultiplyAdds.ShouldBe(multiplyAdds);
    }

    /// <summary>torchvision's names, so that its weights load as they are.</summary>
    [Theory]
    [InlineData("ResNet18", "conv1.weight", "bn1.running_mean", "layer1.0.conv1.weight", "layer2.0.downsample.0.weight", "layer2.0.downsample.1.bias", "layer4.1.bn2.weight", "fc.bias")]
    [InlineData("ResNet50", "layer1.0.conv3.weight", "layer1.0.downsample.0.weight", "layer3.5.bn3.running_var", "fc.weight")]
    public void Names_are_those_of_torchvision(string network, params string[] names) =>
        names.Except(Graphs[network].Layers.SelectMany(layer => layer.ParameterSpecs.Select(spec => $"{layer.Name}.{spec.Name}"))).ShouldBeEmpty();
}
