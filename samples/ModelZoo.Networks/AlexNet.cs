using NetGen;

namespace ModelZoo;

/// <summary>AlexNet (Krizhevsky, 2014, arXiv:1404.5997), with the layers and names of torchvision's; its adaptive pooling changes nothing at 224×224.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 11, stride: 4, padding: 2, As = "features.0"), ReLU, MaxPool2d(3, stride: 2)]
[Conv2d(64, 192, 5, padding: 2, As = "features.3"), ReLU, MaxPool2d(3, stride: 2)]
[Conv2d(192, 384, 3, padding: 1, As = "features.6"), ReLU]
[Conv2d(384, 256, 3, padding: 1, As = "features.8"), ReLU]
[Conv2d(256, 256, 3, padding: 1, As = "features.10"), ReLU, MaxPool2d(3, stride: 2)]
[Flatten, Dropout(0.5)]
[Linear(9216, 4096, As = "classifier.1"), ReLU, Dropout(0.5)]
[Linear(4096, 4096, As = "classifier.4"), ReLU]
[Linear(4096, 1000, As = "classifier.6")]
public partial class AlexNet;
