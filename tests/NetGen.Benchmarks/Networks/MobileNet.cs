using NetGen;

namespace WideNetworks;

/// <summary>MobileNet 1.0-224 (Howard et al., 2017, arXiv:1704.04861, table 1).</summary>
[Network, Input(3, 224, 224)]
[Conv2d(32, 3, stride: 2, padding: 1, bias: false), BatchNorm2d, ReLU]
[Use<SeparableBlock>(32, 64)]
[Use<SeparableBlock>(64, 128, 2)]
[Use<SeparableBlock>(128, 128)]
[Use<SeparableBlock>(128, 256, 2)]
[Use<SeparableBlock>(256, 256)]
[Use<SeparableBlock>(256, 512, 2)]
[Use<SeparableBlock>(512, 512, Repeat = 5)]
[Use<SeparableBlock>(512, 1024, 2)]
[Use<SeparableBlock>(1024, 1024)]
[GlobalAvgPool2d, Linear(1000)]
public partial class MobileNet;
