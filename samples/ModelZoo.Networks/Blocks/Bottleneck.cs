using NetGen;

namespace ModelZoo.Blocks;

/// <summary>Three convolutions, the outer ones of 1×1, and a shortcut around them (He et al., 2016, arXiv:1512.03385, figure 5), with the names of torchvision's.</summary>
[Block]
[Conv2d(Channels, 1, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2"), ReLU]
[Conv2d(4 * Channels, 1, bias: false, As = "conv3"), BatchNorm2d(As = "bn3")]
[Add(Block.Input), ReLU]
public abstract class Bottleneck
{
    /// <summary>Channels of the inner convolution.</summary>
    [Parameter] public const int Channels = 64;
}
