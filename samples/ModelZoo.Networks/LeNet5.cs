using NetGen;

namespace ModelZoo;

/// <summary>LeNet-5 (LeCun et al., 1998) with ReLU and max pooling, as it is built today.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 6, 5), ReLU, MaxPool2d(2)]
[Conv2d(6, 16, 5), ReLU, MaxPool2d(2)]
[Flatten]
[Linear(256, 120), ReLU]
[Linear(120, 84), ReLU]
[Linear(84, 10)]
public partial class LeNet5;
