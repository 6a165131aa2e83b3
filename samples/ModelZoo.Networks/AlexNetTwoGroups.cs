using NetGen;

namespace ModelZoo;

/// <summary>
/// AlexNet as it was published (Krizhevsky et al., 2012), for two processors: every second convolution sees half of the channels, and neighbouring channels are
/// normalised by each other. PyTorch divides alpha by the size, the paper does not.
/// </summary>
[Network, Input(3, 227, 227)]
[Conv2d(3, 96, 11, stride: 4, As = "conv1"), ReLU, LocalResponseNorm(5, alpha: 5e-4, beta: 0.75, k: 2), MaxPool2d(3, stride: 2)]
[Conv2d(96, 256, 5, padding: 2, groups: 2, As = "conv2"), ReLU, LocalResponseNorm(5, alpha: 5e-4, beta: 0.75, k: 2), MaxPool2d(3, stride: 2)]
[Conv2d(256, 384, 3, padding: 1, As = "conv3"), ReLU]
[Conv2d(384, 384, 3, padding: 1, groups: 2, As = "conv4"), ReLU]
[Conv2d(384, 256, 3, padding: 1, groups: 2, As = "conv5"), ReLU, MaxPool2d(3, stride: 2)]
[Flatten]
[Linear(9216, 4096, As = "fc6"), ReLU, Dropout(0.5)]
[Linear(4096, 4096, As = "fc7"), ReLU, Dropout(0.5)]
[Linear(4096, 1000, As = "fc8")]
public partial class AlexNetTwoGroups;
