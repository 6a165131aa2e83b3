using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>
/// U-Net as it was published (Ronneberger et al., 2015, arXiv:1505.04597, figure 1): no zeros around images, so that 572×572 pixels give classes for 388×388, and what
/// goes across is cut to the size it meets.
/// </summary>
[Network, Input(1, 572, 572)]
[Use<DoubleConv>(64, 0, As = "down.0"), MaxPool2d(2)]
[Use<DoubleConv>(128, 0, As = "down.1"), MaxPool2d(2)]
[Use<DoubleConv>(256, 0, As = "down.2"), MaxPool2d(2)]
[Use<DoubleConv>(512, 0, As = "down.3"), MaxPool2d(2)]
[Use<DoubleConv>(1024, 0, As = "down.4")]
[Crop(4, From = "down.3", As = "skip3"), ConvTranspose2d(512, 2, stride: 2, From = "down.4", As = "up.0"), Concat("skip3"), Use<DoubleConv>(512, 0, As = "dec.0")]
[Crop(16, From = "down.2", As = "skip2"), ConvTranspose2d(256, 2, stride: 2, From = "dec.0", As = "up.1"), Concat("skip2"), Use<DoubleConv>(256, 0, As = "dec.1")]
[Crop(40, From = "down.1", As = "skip1"), ConvTranspose2d(128, 2, stride: 2, From = "dec.1", As = "up.2"), Concat("skip1"), Use<DoubleConv>(128, 0, As = "dec.2")]
[Crop(88, From = "down.0", As = "skip0"), ConvTranspose2d(64, 2, stride: 2, From = "dec.2", As = "up.3"), Concat("skip0"), Use<DoubleConv>(64, 0, As = "dec.3")]
[Conv2d(2, 1, As = "out")]
public partial class UNetOriginal;
