using NetGen;

namespace ModelZoo.Blocks;

/// <summary>
/// ConvMixer's block: pixels are mixed in each channel and added to what came in, then channels in each pixel. The names are those of the authors' module.
/// </summary>
[Block]
[Conv2d(Channels, Kernel, padding: Kernel / 2, groups: Channels, As = "0.fn.0"), GELU, BatchNorm2d(As = "0.fn.2"), Add(Block.Input)]
[Conv2d(Channels, 1, As = "1"), GELU, BatchNorm2d(As = "3")]
public abstract class MixerBlock
{
    /// <summary>Channels in and out.</summary>
    [Parameter] public const int Channels = 256;

    /// <summary>Of the convolution of pixels, odd.</summary>
    [Parameter] public const int Kernel = 5;
}
