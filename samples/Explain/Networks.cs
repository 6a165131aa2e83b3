using NetGen;

namespace ExplainSample;

/// <summary>Three convolutions, of whose maps only the means are read: where a class is seen can be told (Zhou et al., 2016).</summary>
[Network, Input(1, 28, 28)]
[Conv2d(16, 5, padding: 2, As = "conv1"), ReLU, MaxPool2d(2)]
[Conv2d(32, 3, padding: 1, As = "conv2"), ReLU, MaxPool2d(2)]
[Conv2d(32, 3, padding: 1, As = "conv3"), ReLU(As = "maps")]
[GlobalAvgPool2d, Linear(10, As = "fc")]
public partial class MapNet;
