using NetGen;

namespace SegmentationSample;

/// <summary>A small U-Net (Ronneberger et al., 2015): a number for each pixel, above 0 where it belongs to a shape.</summary>
[Network, Input(1, 32, 32)]
[Use<TwoConvolutions>(8, As = "down.0"), MaxPool2d(2)]
[Use<TwoConvolutions>(16, As = "down.1"), MaxPool2d(2)]
[Use<TwoConvolutions>(32, As = "down.2")]
[ConvTranspose2d(16, 2, stride: 2, As = "up.0"), Concat("down.1"), Use<TwoConvolutions>(16, As = "dec.0")]
[ConvTranspose2d(8, 2, stride: 2, As = "up.1"), Concat("down.0"), Use<TwoConvolutions>(8, As = "dec.1")]
[Conv2d(1, 1, As = "out")]
public partial class ShapeNet;

/// <summary>Two convolutions of 3×3, each normalised.</summary>
[Block]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "0"), BatchNorm2d(As = "1"), ReLU]
[Conv2d(Channels, 3, padding: 1, bias: false, As = "3"), BatchNorm2d(As = "4"), ReLU]
public abstract class TwoConvolutions
{
    /// <summary>Channels out.</summary>
    [Parameter] public const int Channels = 16;
}
