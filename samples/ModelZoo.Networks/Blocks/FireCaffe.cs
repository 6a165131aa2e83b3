using NetGen;

namespace ModelZoo.Blocks;

/// <summary><see cref="Fire"/> with the names of the authors' files.</summary>
[Block]
[Conv2d(Squeezed, 1, As = "conv1x1_1"), ReLU(As = "squeezed")]
[Conv2d(Expanded, 1, As = "conv1x1_2"), ReLU(As = "pixels")]
[Conv2d(Expanded, 3, padding: 1, As = "conv3x3_2", From = "squeezed"), ReLU]
[Concat("pixels")]
public abstract class FireCaffe
{
    /// <summary>Channels that the others are made of.</summary>
    [Parameter] public const int Squeezed = 16;

    /// <summary>Channels of each of the two convolutions beside one another.</summary>
    [Parameter] public const int Expanded = 64;
}
