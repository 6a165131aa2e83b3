using NetGen;

namespace ModelZoo;

/// <summary>The network of digits of Burn's example of imported weights, with its names: batch normalisation behind convolutions and at the end.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 8, 3), ReLU]
[Conv2d(8, 16, 3), ReLU]
[Conv2d(16, 24, 3), ReLU, BatchNorm2d(As = "norm1")]
[Flatten]
[Linear(11616, 32, As = "fc1"), ReLU]
[Linear(32, 10, As = "fc2"), BatchNorm1d(As = "norm2"), LogSoftmax]
public partial class MnistNet;
