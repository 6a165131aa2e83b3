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
    [InlineData("ResNet34", 21_797_672, 3_663_761_408)]
    [InlineData("DenseNet121", 7_978_856, 2_834_161_664)]
    [InlineData("ConvMixer", 594_186, 148_113_920)]
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
    [InlineData("ResNet34", "layer1.2.conv2.weight", "layer2.0.downsample.1.running_var", "layer3.5.bn1.weight", "layer4.2.bn2.bias")]
    [InlineData(
        "DenseNet121", "features.conv0.weight", "features.norm0.running_mean", "features.denseblock1.denselayer1.norm1.weight", "features.denseblock3.denselayer24.conv2.weight",
        "features.transition3.conv.weight", "features.norm5.bias", "classifier.weight")]
    public void Names_are_those_of_torchvision(string network, params string[] names) =>
        names.Except(Graphs[network].Layers.SelectMany(layer => layer.ParameterSpecs.Select(spec => $"{layer.Name}.{spec.Name}"))).ShouldBeEmpty();
}
