using NetGen;

namespace ModelZoo.Blocks;

/// <summary>Two convolutions and a shortcut around them (He et al., 2016, arXiv:1512.03385, figure 2), with the names of torchvision's.</summary>
[Block]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2")]
[Add(Block.Input), ReLU]
public abstract class BasicBlock
{
    /// <summary>Channels in and out.</summary>
    [Parameter] public const int Channels = 64;
}
