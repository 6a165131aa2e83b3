using NetGen;

namespace WideNetworks;

/// <summary>MobileNet 0.50-160: the same with half the channels, for smaller images (arXiv:1704.04861, tables 6 and 7).</summary>
[Network, Input(3, 160, 160)]
[Conv2d(16, 3, stride: 2, padding: 1, bias: false), BatchNorm2d, ReLU]
[Use<SeparableBlock>(16, 32)]
[Use<SeparableBlock>(32, 64, 2)]
[Use<SeparableBlock>(64, 64)]
[Use<SeparableBlock>(64, 128, 2)]
[Use<SeparableBlock>(128, 128)]
[Use<SeparableBlock>(128, 256, 2)]
[Use<SeparableBlock>(256, 256, Repeat = 5)]
[Use<SeparableBlock>(256, 512, 2)]
[Use<SeparableBlock>(512, 512)]
[GlobalAvgPool2d, Linear(1000)]
public partial class MobileNetHalf160;
