using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>ResNet-56 for images of 32×32 as published (He et al., 2016, arXiv:1512.03385, §4.2): where a shortcut gains channels, they are zero (option A).</summary>
[Network, Input(3, 32, 32)]
[Conv2d(3, 16, 3, padding: 1, bias: false, As = "conv1"), BatchNorm2d(As = "bn1"), ReLU]
[Use<BasicBlock>(16, As = "layer1", Repeat = 9)]
[Use<ZeroDownBlock>(32, As = "layer2.0"), Use<BasicBlock>(32, As = "layer2", Repeat = 8, NumberFrom = 1)]
[Use<ZeroDownBlock>(64, As = "layer3.0"), Use<BasicBlock>(64, As = "layer3", Repeat = 8, NumberFrom = 1)]
[GlobalAvgPool2d, Linear(10, As = "linear")]
public partial class ResNet56A;
