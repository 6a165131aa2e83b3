using NetGen;

namespace ModelZoo.Blocks;

/// <summary>GoogLeNet's module as torchvision has it: normalised, and the third branch is of 3×3, not 5×5.</summary>
[Block]
[Use<NormedConv>(One, As = "branch1")]
[Use<NormedConv>(ThreeReduced, As = "branch2.0", From = Block.Input), Use<NormedConv>(Three, 3, As = "branch2.1")]
[Use<NormedConv>(FiveReduced, As = "branch3.0", From = Block.Input), Use<NormedConv>(Five, 3, As = "branch3.1")]
[MaxPool2d(3, stride: 1, padding: 1, From = Block.Input), Use<NormedConv>(Pooled, As = "branch4.1")]
[Concat("branch1", "branch2.1", "branch3.1")]
public abstract class NormedInception
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
