using NetGen;

namespace ModelZoo.Blocks;

/// <summary>Between DenseNet's blocks: half the channels, and a quarter of the pixels.</summary>
[Block]
[BatchNorm2d(As = "norm"), ReLU, Conv2d(Channels, 1, bias: false, As = "conv"), AvgPool2d(2, As = "pool")]
public abstract class TransitionLayer
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 128;
}
