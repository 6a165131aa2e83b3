using NetGen;

namespace ModelZoo.Blocks;

/// <summary>DenseNet's layer: what came in, and behind it some channels that are made of it.</summary>
[Block]
[BatchNorm2d(As = "norm1"), ReLU, Conv2d(4 * Growth, 1, bias: false, As = "conv1")]
[BatchNorm2d(As = "norm2"), ReLU, Conv2d(Growth, 3, padding: 1, bias: false, As = "conv2")]
[Concat(Block.Input)]
public abstract class DenseLayer
{
    /// <summary>Channels that a layer adds.</summary>
    [Parameter] public const int Growth = 32;
}
