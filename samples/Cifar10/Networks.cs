using NetGen;

namespace Cifar10Sample;

/// <summary>A ConvMixer (Trockman and Kolter, 2022) small enough for minutes on two cores: 64 channels, 6 blocks, patches of 2×2.</summary>
[Network, Input(3, 32, 32)]
[Conv2d(64, 2, stride: 2, As = "0"), GELU, BatchNorm2d(As = "2")]
[Use<Mixer>(64, As = "#", Repeat = 6, NumberFrom = 3)]
[GlobalAvgPool2d, Linear(10, As = "11")]
public partial class SmallConvMixer;

/// <summary>Pixels mixed in each channel and added to what came in, then channels in each pixel.</summary>
[Block]
[Conv2d(Channels, 5, padding: 2, groups: Channels, As = "0.fn.0"), GELU, BatchNorm2d(As = "0.fn.2"), Add(Block.Input)]
[Conv2d(Channels, 1, As = "1"), GELU, BatchNorm2d(As = "3")]
public abstract class Mixer
{
    /// <summary>Channels in and out.</summary>
    [Parameter] public const int Channels = 64;
}
