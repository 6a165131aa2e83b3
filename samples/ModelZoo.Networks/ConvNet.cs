using NetGen;

namespace ModelZoo;

/// <summary>Two convolutions that halve the image, then two linear layers.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 6, 5, stride: 2), ReLU]
[Conv2d(6, 16, 5, stride: 2), ReLU]
[Flatten]
[Linear(256, 84), ReLU]
[Linear(84, 10)]
public partial class ConvNet;
