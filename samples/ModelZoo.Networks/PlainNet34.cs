using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>The plain network that <see cref="ResNet34"/> is compared with (He et al., 2016, arXiv:1512.03385, figure 3): the same without shortcuts.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU, MaxPool2d(3, stride: 2, padding: 1, As = "maxpool")]
[Use<PlainBlock>(64, As = "layer1", Repeat = 3)]
[Use<PlainBlock>(128, 2, As = "layer2.0"), Use<PlainBlock>(128, As = "layer2", Repeat = 3, NumberFrom = 1)]
[Use<PlainBlock>(256, 2, As = "layer3.0"), Use<PlainBlock>(256, As = "layer3", Repeat = 5, NumberFrom = 1)]
[Use<PlainBlock>(512, 2, As = "layer4.0"), Use<PlainBlock>(512, As = "layer4", Repeat = 2, NumberFrom = 1)]
[GlobalAvgPool2d(As = "avgpool"), Linear(512, 1000, As = "fc")]
public partial class PlainNet34;
