using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>ResNet-34 (He et al., 2016, arXiv:1512.03385), with the layers and names of torchvision's.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU, MaxPool2d(3, stride: 2, padding: 1, As = "maxpool")]
[Use<BasicBlock>(64, As = "layer1", Repeat = 3)]
[Use<DownBlock>(128, As = "layer2.0"), Use<BasicBlock>(128, As = "layer2", Repeat = 3, NumberFrom = 1)]
[Use<DownBlock>(256, As = "layer3.0"), Use<BasicBlock>(256, As = "layer3", Repeat = 5, NumberFrom = 1)]
[Use<DownBlock>(512, As = "layer4.0"), Use<BasicBlock>(512, As = "layer4", Repeat = 2, NumberFrom = 1)]
[GlobalAvgPool2d(As = "avgpool"), Linear(512, 1000, As = "fc")]
public partial class ResNet34;
