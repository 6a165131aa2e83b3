using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>ConvMixer-1536/20 for photographs, patches of 7×7 and kernels of 9×9 (Trockman and Kolter, 2022, arXiv:2201.09792, table 1).</summary>
[Network, Input(3, 224, 224)]
[Conv2d(1536, 7, stride: 7, As = "0"), GELU, BatchNorm2d(As = "2")]
[Use<MixerBlock>(1536, 9, As = "#", Repeat = 20, NumberFrom = 3)]
[GlobalAvgPool2d, Linear(1000, As = "25")]
public partial class ConvMixer1536;
