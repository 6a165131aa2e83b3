using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>MobileNet 0.50-160: the same with half the channels, for smaller images (arXiv:1704.04861, tables 6 and 7).</summary>
[Network, Input(3, 160, 160)]
[Conv2d(16, 3, stride: 2, padding: 1, bias: false, As = "model.0.0"), BatchNorm2d(As = "model.0.1"), ReLU]
[Use<SeparableBlock>(16, 32, As = "model.1")]
[Use<SeparableBlock>(32, 64, 2, As = "model.2")]
[Use<SeparableBlock>(64, 64, As = "model.3")]
[Use<SeparableBlock>(64, 128, 2, As = "model.4")]
[Use<SeparableBlock>(128, 128, As = "model.5")]
[Use<SeparableBlock>(128, 256, 2, As = "model.6")]
[Use<SeparableBlock>(256, 256, As = "model", Repeat = 5, NumberFrom = 7)]
[Use<SeparableBlock>(256, 512, 2, As = "model.12")]
[Use<SeparableBlock>(512, 512, As = "model.13")]
[GlobalAvgPool2d, Linear(1000, As = "fc")]
public partial class MobileNet050x160;
