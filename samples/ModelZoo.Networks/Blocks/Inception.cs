using NetGen;

namespace ModelZoo.Blocks;

/// <summary>GoogLeNet's module (Szegedy et al., 2015, arXiv:1409.4842, figure 2b): convolutions of 1×1, 3×3 and 5×5 and a pooling side by side.</summary>
[Block]
[Conv2d(One, 1, As = "branch1"), ReLU(As = "one")]
[Conv2d(ThreeReduced, 1, As = "branch2.0", From = Block.Input), ReLU, Conv2d(Three, 3, padding: 1, As = "branch2.1"), ReLU(As = "three")]
[Conv2d(FiveReduced, 1, As = "branch3.0", From = Block.Input), ReLU, Conv2d(Five, 5, padding: 2, As = "branch3.1"), ReLU(As = "five")]
[MaxPool2d(3, stride: 1, padding: 1, From = Block.Input), Conv2d(Pooled, 1, As = "branch4.1"), ReLU]
[Concat("one", "three", "five")]
public abstract class Inception
{
    /// <summary>Channels of the convolution of 1×1.</summary>
    [Parameter] public const int One = 64;

    /// <summary>Channels that the convolution of 3×3 takes.</summary>
    [Parameter] public const int ThreeReduced = 96;

    /// <summary>Channels of the convolution of 3×3.</summary>
    [Parameter] public const int Three = 128;

    /// <summary>Channels that the third convolution takes.</summary>
    [Parameter] public const int FiveReduced = 16;

    /// <summary>Channels of the third convolution.</summary>
    [Parameter] public const int Five = 32;

    /// <summary>Channels behind the pooling.</summary>
    [Parameter] public const int Pooled = 32;
}
