using NetGen;

namespace WideNetworks;

/// <summary>ConvMixer's block: pixels are mixed in each channel and added to what came in, then channels in each pixel.</summary>
[Block]
[Conv2d(Channels, Kernel, padding: Kernel / 2, groups: Channels), GELU, BatchNorm2d, Add(Block.Input)]
[Conv2d(Channels, 1), GELU, BatchNorm2d]
public abstract class MixerBlock
{
    /// <summary>Channels in and out.</summary>
    [Parameter] public const int Channels = 256;

    /// <summary>Of the convolution of pixels, odd.</summary>
    [Parameter] public const int Kernel = 5;
}
