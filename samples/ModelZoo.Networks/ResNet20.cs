using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>
/// ResNet-20 for images of 32×32 (He et al., 2016, arXiv:1512.03385, §4.2), with 1×1 convolutions where a shortcut changes its channels.
/// </summary>
[Network, Input(3, 32, 32)]
[Conv2d(3, 16, 3, padding: 1, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU]
[Use<BasicBlock>(16, As = "layer1", Repeat = 3)]
[Use<DownBlock>(32, As = "layer2.0"), Use<BasicBlock>(32, As = "layer2", Repeat = 2, NumberFrom = 1)]
[Use<DownBlock>(64, As = "layer3.0"), Use<BasicBlock>(64, As = "layer3", Repeat = 2, NumberFrom = 1)]
[GlobalAvgPool2d, Linear(10, As = "linear")]
public partial class ResNet20;
