using NetGen.Generator.Graph;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Planning;

/// <summary>Parameters and multiply-adds of well-known networks, as torchvision's definitions and the papers have them.</summary>
public class ReferenceCountTests
{
    private static readonly Dictionary<string, NetworkGraph> Graphs = Plans.OfZoo.ToDictionary(plan => plan.Graph.Identity.Name, plan => plan.Graph);

    /// <summary>Parameters and multiply-adds.</summary>
    public static TheoryData<string, long, long> Counts => new()
    {
        { "Linear", 7_850, 7_840 },
        { "Mlp", 223_398, 223_048 },
        { "ConvNet", 25_010, 82_344 },
        { "SeparableConvNet", 23_122, 64_168 },
        { "LeNet5", 44_426, 281_640 },
        { "LeNetCaffe", 431_080, 2_293_000 },
        { "MnistNet", 376_870, 2_756_960 },
        { "ResNet20", 272_474, 40_813_184 },
        { "ResNet20A", 269_722, 40_551_040 },
        { "ResNet56", 855_770, 125_747_840 },
        { "ResNet56A", 853_018, 125_485_696 },
        { "ConvMixer256", 594_186, 148_113_920 },
        { "ConvMixer1536", 51_625_960, 51_099_168_768 },
        { "MobileNet050x160", 1_331_592, 76_524_800 },
        { "MobileNet", 4_231_976, 568_740_352 },
        { "MobileNet025x128TensorFlow", 467_593, 17_414_144 },
        { "SqueezeNet10", 1_248_424, 818_924_576 },
        { "SqueezeNet11", 1_235_496, 349_151_936 },
        { "SqueezeNet10Caffe", 1_248_424, 861_339_936 },
        { "AlexNet", 61_100_840, 714_188_480 },
        { "AlexNetTwoGroups", 60_965_224, 724_406_816 },
        { "Vgg16", 138_357_544, 15_470_264_320 },
        { "ResNet18", 11_689_512, 1_814_073_344 },
        { "PlainNet34", 21_623_848, 3_644_493_824 },
        { "ResNet34", 21_797_672, 3_663_761_408 },
        { "ResNet50", 25_557_032, 4_089_184_256 },
        { "GoogLeNet", 6_624_904, 1_498_376_192 },
        { "GoogLeNetAux", 13_004_888, 1_506_748_416 },
        { "GoogLeNetOriginal", 6_998_552, 1_582_671_872 },
        { "GoogLeNetOriginalAux", 13_378_280, 1_591_044_096 },
        { "DenseNet121", 7_978_856, 2_834_161_664 },
        { "UNet", 1_925_058, 2_295_857_152 },
        { "UNetOriginal", 31_030_658, 150_428_424_448 },
    };

    /// <summary>The classes of the zoo's networks.</summary>
    public static IEnumerable<string> Names => Counts.Select(row => (string)row[0]);

    [Theory]
    [MemberData(nameof(Counts))]
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
    [InlineData("SqueezeNet10", "features.0.bias", "features.3.squeeze.weight", "features.12.expand3x3.bias", "classifier.1.weight")]
    [InlineData(
        "GoogLeNet", "conv1.conv.weight", "conv3.bn.running_var", "inception3a.branch1.conv.weight", "inception4e.branch2.1.bn.weight", "inception5b.branch3.0.conv.weight",
        "inception5b.branch4.1.bn.bias", "fc.bias")]
    [InlineData("GoogLeNetAux", "inception4b.branch1.conv.weight", "aux1.conv.conv.weight", "aux1.conv.bn.running_mean", "aux1.fc1.weight", "aux2.fc2.bias", "fc.bias")]
    [InlineData("AlexNet", "features.10.weight", "classifier.1.weight", "classifier.6.bias")]
    [InlineData("Vgg16", "features.28.weight", "classifier.0.weight", "classifier.6.bias")]
    public void Names_are_those_of_torchvision(string network, params string[] names) =>
        names.Except(Graphs[network].Layers.SelectMany(layer => layer.ParameterSpecs.Select(spec => $"{layer.Name}.{spec.Name}"))).ShouldBeEmpty();
}
