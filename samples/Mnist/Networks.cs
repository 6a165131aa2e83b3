using NetGen;

namespace MnistSample;

// The networks to choose from. Hover over a name to see its layers; change a number and see what the compiler says.

/// <summary>One layer: a weight for every pixel and digit.</summary>
[Network, Input(1, 28, 28)]
[Flatten]
[Linear(784, 10)]
public partial class Linear;

/// <summary>A multilayer perceptron.</summary>
[Network, Input(1, 28, 28)]
[Flatten]
[Linear(784, 256), ReLU]
[Linear(256, 84), ReLU]
[Linear(84, 10)]
public partial class Mlp;

/// <summary>Two convolutions that halve the image, then two linear layers.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 6, 5, stride: 2), ReLU]
[Conv2d(6, 16, 5, stride: 2), ReLU]
[Flatten]
[Linear(256, 84), ReLU]
[Linear(84, 10)]
public partial class ConvNet;

/// <summary>LeNet-5 (LeCun et al., 1998) with ReLU and max pooling, as it is built today.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 6, 5), ReLU, MaxPool2d(2)]
[Conv2d(6, 16, 5), ReLU, MaxPool2d(2)]
[Flatten]
[Linear(256, 120), ReLU]
[Linear(120, 84), ReLU]
[Linear(84, 10)]
public partial class LeNet5;
