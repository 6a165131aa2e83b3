using NetGen;

namespace ModelZoo.Blocks;

/// <summary>torchvision's convolution of GoogLeNet: normalised, and at least 0.</summary>
[Block]
[Conv2d(Channels, Kernel, stride: Stride, padding: Kernel / 2, bias: false, As = "conv"), BatchNorm2d(Eps = 1e-3, As = "bn"), ReLU]
public abstract class NormedConv
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 64;

    /// <summary>The kernel's side, odd.</summary>
    [Parameter] public const int Kernel = 1;

    /// <summary>2 halves the image.</summary>
    [Parameter] public const int Stride = 1;
}
