using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Planning;

/// <summary>Which networks have 16 samples side by side, in which of their layers.</summary>
public class LayoutChoiceTests
{
    /// <summary>Two convolutions to eight channels, which fill half of a vector, before three that fill it.</summary>
    private static readonly NetworkCase ThinBeforeWide = new(
        [3, 64, 64],
        [
            .. Convolution(3, 8), .. Convolution(8, 8), new MaxPool2dLayer(new(2), new(2), new(0)),
            .. Convolution(8, 32), new MaxPool2dLayer(new(2), new(2), new(0)), .. Convolution(32, 64), .. Convolution(64, 128), new FlattenLayer(), new LinearLayer(128 * 256, 10),
        ],
        16, 1);

    private static readonly NetworkCase Thin = new(
        [3, 32, 32], [.. Convolution(3, 8), .. Convolution(8, 12), new FlattenLayer(), new LinearLayer(12 * 1024, 10)], 16, 1);

    private static readonly NetworkCase Normed = new(
        [3, 64, 64], [new Conv2dLayer(3, 8, new(3), new(1), new(1)), new BatchNorm2dLayer(8), .. Convolution(8, 64), new FlattenLayer(), new LinearLayer(64 * 4096, 2)], 16, 1);

    /// <summary>The pooling's output is the smallest that goes across.</summary>
    [Fact]
    public void Thin_layers_before_wide_ones_lie_otherwise()
    {
        NetworkPlan plan = Plans.Of([ThinBeforeWide]).Single();
        plan.Training.Layouts.AreLanes.ShouldBeFalse();
        plan.Graph.Layers[plan.Training.Layouts.LastLayer].Name.ShouldBe("pool1");
        plan.Training.IsShared.ShouldBeTrue();
        plan.PredictGroups.ShouldNotBeNull().Layouts.LastLayer.ShouldBe(plan.Training.Layouts.LastLayer);
        plan.GroupsChunk.ShouldBe(64);
        plan.PredictSamples.Layouts.LastLayer.ShouldBe(-1);
    }

    [Fact]
    public void A_network_of_thin_layers_lies_so_as_a_whole()
    {
        NetworkPlan plan = Plans.Of([Thin]).Single();
        plan.Training.Layouts.AreLanes.ShouldBeTrue();
        plan.PredictGroups.ShouldNotBeNull().Layouts.AreLanes.ShouldBeTrue();
    }

    /// <summary>Statistics over a batch are not made 16 samples at a time.</summary>
    [Fact]
    public void Layers_before_a_batch_normalisation_do_not() => ShouldBeChannelsLast(Plans.Of([Normed]).Single());

    /// <summary>Those of photographs; the smallest MobileNet begins with 8 channels.</summary>
    [Fact]
    public void The_wide_networks_of_the_zoo_do_not() =>
        Plans.OfZoo.Where(plan => plan.Graph.Input.Channels == 3 && plan.Graph.Identity.Name != "MobileNet025x128TensorFlow").ToList().ForEach(ShouldBeChannelsLast);

    private static void ShouldBeChannelsLast(NetworkPlan plan)
    {
        plan.Training.Layouts.AreLanes.ShouldBeFalse();
        plan.Training.Layouts.LastLayer.ShouldBe(-1, plan.Graph.Identity.Name);
        plan.PredictGroups.ShouldBeNull();
    }

    private static Layer[] Convolution(int from, int to) => [new Conv2dLayer(from, to, new(3), new(1), new(1)), new ReLULayer()];
}
