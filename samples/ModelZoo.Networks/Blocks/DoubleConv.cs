using NetGen;

namespace ModelZoo.Blocks;

/// <summary>U-Net's two convolutions of 3×3.</summary>
[Block]
[Conv2d(Channels, 3, padding: Padding, As = "0"), ReLU]
[Conv2d(Channels, 3, padding: Padding, As = "2"), ReLU]
public abstract class DoubleConv
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 64;

    /// <summary>1 keeps the image's size; without it each convolution makes it 2 pixels smaller.</summary>
    [Parameter] public const int Padding = 1;
}
