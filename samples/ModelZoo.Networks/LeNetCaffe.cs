using NetGen;

namespace ModelZoo;

/// <summary>LeNet as Caffe's example of MNIST has it, with its names.</summary>
[Network, Input(1, 28, 28)]
[Conv2d(1, 20, 5), MaxPool2d(2)]
[Conv2d(20, 50, 5), MaxPool2d(2)]
[Flatten]
[Linear(800, 500, As = "ip1"), ReLU]
[Linear(500, 10, As = "ip2")]
public partial class LeNetCaffe;
