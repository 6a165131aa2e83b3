using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>A U-Net of four levels for images of 128×128, which keep their size: two classes for each pixel.</summary>
[Network, Input(1, 128, 128)]
[Use<DoubleConv>(32, As = "down.0"), MaxPool2d(2)]
[Use<DoubleConv>(64, As = "down.1"), MaxPool2d(2)]
[Use<DoubleConv>(128, As = "down.2"), MaxPool2d(2)]
[Use<DoubleConv>(256, As = "down.3")]
[ConvTranspose2d(128, 2, stride: 2, As = "up.0"), Concat("down.2"), Use<DoubleConv>(128, As = "dec.0")]
[ConvTranspose2d(64, 2, stride: 2, As = "up.1"), Concat("down.1"), Use<DoubleConv>(64, As = "dec.1")]
[ConvTranspose2d(32, 2, stride: 2, As = "up.2"), Concat("down.0"), Use<DoubleConv>(32, As = "dec.2")]
[Conv2d(2, 1, As = "out")]
public partial class UNet;
