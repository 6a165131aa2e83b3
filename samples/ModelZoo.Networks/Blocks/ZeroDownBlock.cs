using NetGen;

namespace ModelZoo.Blocks;

/// <summary><see cref="DownBlock"/> whose shortcut learns nothing (the paper's option A): every second pixel, between new channels of zeros.</summary>
[Block]
[Subsample(2), PadChannels(Channels / 4, Channels / 4, As = "shortcut")]
[Conv2d(Channels, 3, stride: 2, padding: 1, bias: false, As = "conv1", From = Block.Input), BatchNorm2d(As = "bn1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "conv2"), BatchNorm2d(As = "bn2")]
[Add("shortcut"), ReLU]
public abstract class ZeroDownBlock
{
    /// <summary>Channels out, twice those in.</summary>
    [Parameter] public const int Channels = 32;
}
