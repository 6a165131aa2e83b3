using NetGen;

namespace ModelZoo.Blocks;

/// <summary><see cref="Bottleneck"/> where channels change and, but for the first one of a network, the image is halved: in the 3×3 convolution, as torchvision's.</summary>
[Block]
[Conv2d(4 * Channels, 1, stride: Stride, bias: false, As = "downsample.0"), BatchNorm2d(As = "downsample.1")]
[Conv2d(Channels, 1, bias: false, As = "conv1", From = Block.Input), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, stride: Stride, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2"), ReLU]
[Conv2d(4 * Channels, 1, bias: false, As = "conv3"), BatchNorm2d(As = "bn3")]
[Add("downsample.1"), ReLU]
public abstract class DownBottleneck
{
    /// <summary>Channels of the inner convolution.</summary>
    [Parameter] public const int Channels = 64;

    /// <summary>Of the 3×3 convolution and of the shortcut.</summary>
    [Parameter] public const int Stride = 2;
}
