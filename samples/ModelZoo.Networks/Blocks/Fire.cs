using NetGen;

namespace ModelZoo.Blocks;

/// <summary>SqueezeNet's module: few channels, and of these many by convolutions of 1×1 and 3×3 side by side (Iandola et al., 2016, arXiv:1602.07360, figure 1), with the names of torchvision's.</summary>
[Block]
[Conv2d(Squeezed, 1, As = "squeeze"), ReLU(As = "squeezed")]
[Conv2d(Expanded, 1, As = "expand1x1"), ReLU(As = "pixels")]
[Conv2d(Expanded, 3, padding: 1, As = "expand3x3", From = "squeezed"), ReLU]
[Concat("pixels")]
public abstract class Fire
{
    /// <summary>Channels that the others are made of.</summary>
    [Parameter] public const int Squeezed = 16;

    /// <summary>Channels of each of the two convolutions beside one another.</summary>
    [Parameter] public const int Expanded = 64;
}
