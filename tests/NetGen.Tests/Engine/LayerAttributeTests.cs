using System.Reflection;

namespace NetGen.Tests.Engine;

public sealed class LayerAttributeTests
{
    [Conv2d(6, 16, 5)]
    private sealed class ThreeNumbers;

    [Conv2d(64, 3)]
    private sealed class TwoNumbers;

    [Conv2d(64, 3, stride: 2, As = "stem")]
    private sealed class TwoNumbersAndAName;

    [Conv2d(1, 6, [5, 3], stride: [2, 1])]
    private sealed class Oblong;

    [Conv2d(6, [5, 3])]
    private sealed class ShortOblong;

    [Conv2d(64, 3, dilation: 2, groups: 64)]
    private sealed class DepthwiseAndDilated;

    [Conv2d(8, 64, [3, 1], dilation: [2, 1], groups: 4)]
    private sealed class OblongDilation;

    [Linear(10, false)]
    private sealed class ShortLinear;

    [MaxPool2d(3, padding: 1), AvgPool2d([2, 1])]
    private sealed class Pools;

    [Fact]
    public void ThreePlainNumbersAreInputOutputKernel()
    {
        var conv = Of<ThreeNumbers, Conv2dAttribute>();
        conv.InChannels.ShouldBe(6);
        conv.OutChannels.ShouldBe(16);
        conv.KernelSize.ShouldBe([5, 5]);
    }

    [Fact]
    public void TwoPlainNumbersLeaveTheInputChannelsToInference()
    {
        var conv = Of<TwoNumbers, Conv2dAttribute>();
        conv.InChannels.ShouldBeNull();
        conv.OutChannels.ShouldBe(64);
        conv.KernelSize.ShouldBe([3, 3]);
        conv.Stride.ShouldBe([1, 1]);
    }

    [Fact]
    public void AShortFormTakesNamedOptions()
    {
        var conv = Of<TwoNumbersAndAName, Conv2dAttribute>();
        conv.InChannels.ShouldBeNull();
        conv.Stride.ShouldBe([2, 2]);
        conv.As.ShouldBe("stem");
    }

    [Fact]
    public void DilationAndGroupsAreKept()
    {
        var conv = Of<DepthwiseAndDilated, Conv2dAttribute>();
        (conv.Groups, conv.OutChannels).ShouldBe((64, 64));
        conv.Dilation.ShouldBe([2, 2]);
        Of<OblongDilation, Conv2dAttribute>().Dilation.ShouldBe([2, 1]);
        Of<OblongDilation, Conv2dAttribute>().Groups.ShouldBe(4);
        Of<ThreeNumbers, Conv2dAttribute>().Dilation.ShouldBe([1, 1]);
        Of<ThreeNumbers, Conv2dAttribute>().Groups.ShouldBe(1);
    }

    [Fact]
    public void AnOblongKernelIsHeightThenWidth()
    {
        var conv = Of<Oblong, Conv2dAttribute>();
        conv.InChannels.ShouldBe(1);
        conv.KernelSize.ShouldBe([5, 3]);
        conv.Stride.ShouldBe([2, 1]);
        conv.Padding.ShouldBe([0, 0]);
        Of<ShortOblong, Conv2dAttribute>().InChannels.ShouldBeNull();
    }

    [Fact]
    public void AShortLinearMayGoWithoutBias()
    {
        var linear = Of<ShortLinear, LinearAttribute>();
        linear.InFeatures.ShouldBeNull();
        linear.OutFeatures.ShouldBe(10);
        linear.Bias.ShouldBeFalse();
    }

    [Fact]
    public void AWindowsStrideIsItsKernelUnlessWritten()
    {
        var max = Of<Pools, MaxPool2dAttribute>();
        max.Stride.ShouldBe([3, 3]);
        max.Padding.ShouldBe([1, 1]);
        Of<Pools, AvgPool2dAttribute>().Stride.ShouldBe([2, 1]);
    }

    private static TAttribute Of<TClass, TAttribute>() where TAttribute : Attribute => typeof(TClass).GetCustomAttribute<TAttribute>()!;
}
