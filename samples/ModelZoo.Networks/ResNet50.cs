using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>ResNet-50 (He et al., 2016, arXiv:1512.03385), with the layers and names of torchvision's, which halve images in the 3×3 convolutions.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU, MaxPool2d(3, stride: 2, padding: 1, As = "maxpool")]
[Use<DownBottleneck>(64, 1, As = "layer1.0"), Use<Bottleneck>(64, As = "layer1", Repeat = 2, NumberFrom = 1)]
[Use<DownBottleneck>(128, As = "layer2.0"), Use<Bottleneck>(128, As = "layer2", Repeat = 3, NumberFrom = 1)]
[Use<DownBottleneck>(256, As = "layer3.0"), Use<Bottleneck>(256, As = "layer3", Repeat = 5, NumberFrom = 1)]
[Use<DownBottleneck>(512, As = "layer4.0"), Use<Bottleneck>(512, As = "layer4", Repeat = 2, NumberFrom = 1)]
[GlobalAvgPool2d(As = "avgpool"), Linear(2048, 1000, As = "fc")]
public partial class ResNet50;
