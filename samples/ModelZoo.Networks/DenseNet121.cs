using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>DenseNet-121 (Huang et al., 2017, arXiv:1608.06993), with the layers and names of torchvision's.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false, As = "features.conv0"), BatchNorm2d(As = "features.norm0"), ReLU, MaxPool2d(3, stride: 2, padding: 1, As = "features.pool0")]
[Use<DenseLayer>(As = "features.denseblock1.denselayer#", Repeat = 6, NumberFrom = 1)]
[Use<TransitionLayer>(128, As = "features.transition1")]
[Use<DenseLayer>(As = "features.denseblock2.denselayer#", Repeat = 12, NumberFrom = 1)]
[Use<TransitionLayer>(256, As = "features.transition2")]
[Use<DenseLayer>(As = "features.denseblock3.denselayer#", Repeat = 24, NumberFrom = 1)]
[Use<TransitionLayer>(512, As = "features.transition3")]
[Use<DenseLayer>(As = "features.denseblock4.denselayer#", Repeat = 16, NumberFrom = 1)]
[BatchNorm2d(As = "features.norm5"), ReLU, GlobalAvgPool2d, Linear(1000, As = "classifier")]
public partial class DenseNet121;
