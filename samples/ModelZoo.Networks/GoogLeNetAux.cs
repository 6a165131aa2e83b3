using ModelZoo.Blocks;
using NetGen;

namespace ModelZoo;

/// <summary>
/// GoogLeNet with the layers and names of torchvision's and the two auxiliary outputs that it is trained with; their losses count three tenths. A prediction computes nothing of
/// them.
/// </summary>
[Network, Input(3, 224, 224)]
[Use<NormedConv>(64, 7, 2, As = "conv1"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<NormedConv>(64, As = "conv2"), Use<NormedConv>(192, 3, As = "conv3"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<NormedInception>(64, 96, 128, 16, 32, 32, As = "inception3a"), Use<NormedInception>(128, 128, 192, 32, 96, 64, As = "inception3b"), MaxPool2d(3, stride: 2, ceilMode: true)]
[Use<NormedInception>(192, 96, 208, 16, 48, 64, As = "inception4a"), Use<NormedAuxiliary>(As = "aux1"), Output("aux1")]
[Use<NormedInception>(160, 112, 224, 24, 64, 64, As = "inception4b", From = "inception4a"), Use<NormedInception>(128, 128, 256, 24, 64, 64, As = "inception4c")]
[Use<NormedInception>(112, 144, 288, 32, 64, 64, As = "inception4d"), Use<NormedAuxiliary>(As = "aux2"), Output("aux2")]
[Use<NormedInception>(256, 160, 320, 32, 128, 128, As = "inception4e", From = "inception4d"), MaxPool2d(2, ceilMode: true)]
[Use<NormedInception>(256, 160, 320, 32, 128, 128, As = "inception5a"), Use<NormedInception>(384, 192, 384, 48, 128, 128, As = "inception5b")]
[GlobalAvgPool2d(As = "avgpool"), Dropout(0.2), Linear(1024, 1000, As = "fc")]
public partial class GoogLeNetAux;
