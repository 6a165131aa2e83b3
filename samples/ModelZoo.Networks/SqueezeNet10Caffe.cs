using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>
/// SqueezeNet 1.0 as its authors published it (Iandola et al., 2016, arXiv:1602.07360, table 1), with the names of their files: for images of 227×227, with
/// zeros around the last convolution's input.
/// </summary>
[Network, Input(3, 227, 227)]
[Conv2d(3, 96, 7, stride: 2, As = "conv1"), ReLU, MaxPool2d(3, stride: 2)]
[Use<FireCaffe>(16, 64, As = "fire2"), Use<FireCaffe>(16, 64, As = "fire3"), Use<FireCaffe>(32, 128, As = "fire4"), MaxPool2d(3, stride: 2)]
[Use<FireCaffe>(32, 128, As = "fire5"), Use<FireCaffe>(48, 192, As = "fire6"), Use<FireCaffe>(48, 192, As = "fire7"), Use<FireCaffe>(64, 256, As = "fire8"), MaxPool2d(3, stride: 2)]
[Use<FireCaffe>(64, 256, As = "fire9"), Dropout(0.5)]
[Conv2d(512, 1000, 1, padding: 1, As = "conv_final"), ReLU, GlobalAvgPool2d]
public partial class SqueezeNet10Caffe;
