using NetGen;

namespace ImageFolderSample;

/// <summary>Two classes of grey pictures of 48×48.</summary>
[Network, Input(1, 48, 48)]
[Conv2d(1, 16, 3, padding: 1, bias: false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(16, 32, 3, padding: 1, bias: false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 32, 3, padding: 1, bias: false), BatchNorm2d, ReLU, GlobalMaxPool2d]
[Linear(32, 2)]
public partial class ChestNet;
