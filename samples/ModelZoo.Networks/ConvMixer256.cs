using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>ConvMixer-256/8 for images of 32×32, patches of 2×2 and kernels of 5×5 (Trockman and Kolter, 2022, arXiv:2201.09792, §3.1).</summary>
[Network, Input(3, 32, 32)]
[Conv2d(256, 2, stride: 2, As = "0"), GELU, BatchNorm2d(As = "2")]
[Use<MixerBlock>(256, 5, As = "#", Repeat = 8, NumberFrom = 3)]
[GlobalAvgPool2d, Linear(10, As = "13")]
public partial class ConvMixer256;
