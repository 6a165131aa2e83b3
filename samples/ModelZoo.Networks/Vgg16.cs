using NetGen;

namespace ModelZoo;

/// <summary>VGG16 (Simonyan and Zisserman, 2014, arXiv:1409.1556, configuration D), with the layers and names of torchvision's; its adaptive pooling changes
/// nothing at 224×224.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 3, padding: 1, As = "features.0"), ReLU]
[Conv2d(64, 64, 3, padding: 1, As = "features.2"), ReLU, MaxPool2d(2)]
[Conv2d(64, 128, 3, padding: 1, As = "features.5"), ReLU]
[Conv2d(128, 128, 3, padding: 1, As = "features.7"), ReLU, MaxPool2d(2)]
[Conv2d(128, 256, 3, padding: 1, As = "features.10"), ReLU]
[Conv2d(256, 256, 3, padding: 1, As = "features.12"), ReLU]
[Conv2d(256, 256, 3, padding: 1, As = "features.14"), ReLU, MaxPool2d(2)]
[Conv2d(256, 512, 3, padding: 1, As = "features.17"), ReLU]
[Conv2d(512, 512, 3, padding: 1, As = "features.19"), ReLU]
[Conv2d(512, 512, 3, padding: 1, As = "features.21"), ReLU, MaxPool2d(2)]
[Conv2d(512, 512, 3, padding: 1, As = "features.24"), ReLU]
[Conv2d(512, 512, 3, padding: 1, As = "features.26"), ReLU]
[Conv2d(512, 512, 3, padding: 1, As = "features.28"), ReLU, MaxPool2d(2)]
[Flatten]
[Linear(25088, 4096, As = "classifier.0"), ReLU, Dropout(0.5)]
[Linear(4096, 4096, As = "classifier.3"), ReLU, Dropout(0.5)]
[Linear(4096, 1000, As = "classifier.6")]
public partial class Vgg16;
