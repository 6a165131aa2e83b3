using NetGen;

namespace ModelZoo;

/// <summary><see cref="ConvNet"/> with its second convolution in two: one of channels, then one of pixels for each channel by itself.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 6, 5, stride: 2), ReLU]
[Conv2d(6, 16, 1)]
[Conv2d(16, 16, 5, stride: 2, groups: 16), ReLU]
[Flatten]
[Linear(256, 84), ReLU]
[Linear(84, 10)]
public partial class SeparableConvNet;
