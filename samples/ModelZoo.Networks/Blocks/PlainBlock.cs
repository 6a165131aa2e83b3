using NetGen;

namespace ModelZoo.Blocks;

/// <summary><see cref="BasicBlock"/> without its shortcut.</summary>
[Block]
[Conv2d(Channels, 3, stride: Stride, padding: 1, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2"), ReLU]
public abstract class PlainBlock
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 64;

    /// <summary>Of the first convolution: 2 halves the image.</summary>
    [Parameter] public const int Stride = 1;
}
