using NetGen;

namespace ModelZoo.Blocks;

/// <summary><see cref="BasicBlock"/> where the image is halved: the first convolution does it, and on the shortcut one of 1×1.</summary>
[Block]
[Conv2d(Channels, 1, stride: 2, bias: false, As = "downsample.0"), BatchNorm2d(As = "downsample.1")]
[Conv2d(Channels, 3, stride: 2, padding: 1, bias: false, As = "conv1", From = Block.Input), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2")]
[Add("downsample.1"), ReLU]
public abstract class DownBlock
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 128;
}
