using NetGen;

namespace WideNetworks;

/// <summary>
/// ResNet-20 for images of 32×32 (He et al., 2016, arXiv:1512.03385, §4.2), with 1×1 convolutions where a shortcut changes its channels.
/// </summary>
[Network, Input(3, 32, 32)]
[Conv2d(3, 16, 3, padding: 1, bias: false), BatchNorm2d, ReLU(As = "stem")]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stem"), ReLU(As = "stage1.0")]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage1.0"), ReLU(As = "stage1.1")]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage1.1"), ReLU(As = "stage1.2")]
[Conv2d(16, 32, 1, stride: 2, bias: false), BatchNorm2d(As = "stage2.0.shortcut")]
[Conv2d(16, 32, 3, stride: 2, padding: 1, bias: false, From = "stage1.2"), BatchNorm2d, ReLU]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage2.0.shortcut"), ReLU(As = "stage2.0")]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage2.0"), ReLU(As = "stage2.1")]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage2.1"), ReLU(As = "stage2.2")]
[Conv2d(32, 64, 1, stride: 2, bias: false), BatchNorm2d(As = "stage3.0.shortcut")]
[Conv2d(32, 64, 3, stride: 2, padding: 1, bias: false, From = "stage2.2"), BatchNorm2d, ReLU]
[Conv2d(64, 64, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage3.0.shortcut"), ReLU(As = "stage3.0")]
[Conv2d(64, 64, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(64, 64, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage3.0"), ReLU(As = "stage3.1")]
[Conv2d(64, 64, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(64, 64, 3, padding: 1, bias: false), BatchNorm2d]
[Add("stage3.1"), ReLU(As = "stage3.2")]
[GlobalAvgPool2d, Linear(10)]
public partial class ResNet20;
