using NetGen;

namespace ModelZoo.Blocks;

/// <summary>MobileNet's depthwise separable convolution: one of pixels for each channel by itself, and one of channels.</summary>
[Block]
[Conv2d(In, 3, stride: Stride, padding: 1, groups: In, bias: false, As = "0"), BatchNorm2d(As = "1"), ReLU]
[Conv2d(Out, 1, bias: false, As = "3"), BatchNorm2d(As = "4"), ReLU]
public abstract class SeparableBlock
{
    /// <summary>Channels in.</summary>
    [Parameter] public const int In = 32;

    /// <summary>Channels out.</summary>
    [Parameter] public const int Out = 64;

    /// <summary>Of the convolution of pixels: 2 halves the image.</summary>
    [Parameter] public const int Stride = 1;
}
