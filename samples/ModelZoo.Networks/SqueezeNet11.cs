using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>SqueezeNet 1.1, which needs less than half the arithmetic of <see cref="SqueezeNet10"/>, with the layers and names of torchvision's.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 3, stride: 2, As = "features.0"), ReLU, MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Fire>(16, 64, As = "features.3"), Use<Fire>(16, 64, As = "features.4"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Fire>(32, 128, As = "features.6"), Use<Fire>(32, 128, As = "features.7"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Fire>(48, 192, As = "features.9"), Use<Fire>(48, 192, As = "features.10"), Use<Fire>(64, 256, As = "features.11"), Use<Fire>(64, 256, As = "features.12")]
[Dropout(0.5), Conv2d(512, 1000, 1, As = "classifier.1"), ReLU, GlobalAvgPool2d]
public partial class SqueezeNet11;
