using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>GoogLeNet as it was published, with the two auxiliary outputs that it was trained with; their losses count three tenths. A prediction computes nothing of them.</summary>
[Network, Input(3, 224, 224)]
[Conv2d(3, 64, 7, stride: 2, padding: 3, As = "conv1"), ReLU, MaxPool2d(3, stride: 2, ceilMode: true), LocalResponseNorm(5)]
[Conv2d(64, 64, 1, As = "conv2"), ReLU, Conv2d(64, 192, 3, padding: 1, As = "conv3"), ReLU, LocalResponseNorm(5), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Inception>(64, 96, 128, 16, 32, 32, As = "inception3a"), Use<Inception>(128, 128, 192, 32, 96, 64, As = "inception3b"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Inception>(192, 96, 208, 16, 48, 64, As = "inception4a"), Use<Auxiliary>(As = "aux1"), Output("aux1")]
[Use<Inception>(160, 112, 224, 24, 64, 64, As = "inception4b", From = "inception4a"), Use<Inception>(128, 128, 256, 24, 64, 64, As = "inception4c")]
[Use<Inception>(112, 144, 288, 32, 64, 64, As = "inception4d"), Use<Auxiliary>(As = "aux2"), Output("aux2")]
[Use<Inception>(256, 160, 320, 32, 128, 128, As = "inception4e", From = "inception4d"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<Inception>(256, 160, 320, 32, 128, 128, As = "inception5a"), Use<Inception>(384, 192, 384, 48, 128, 128, As = "inception5b")]
[GlobalAvgPool2d(As = "avgpool"), Dropout(0.4), Linear(1024, 1000, As = "fc")]
public partial class GoogLeNetOriginalAux;
