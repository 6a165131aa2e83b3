using NetGen;

namespace EquivarianceSample;

/// <summary>Two convolutions whose image goes on at its other side.</summary>
[Network, Input(1, 32, 32)]
[Conv2d(8, 5, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv1"), ReLU]
[Conv2d(8, 3, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv2"), ReLU]
public partial class Circular;

/// <summary>The same with zeros around the image.</summary>
[Network, Input(1, 32, 32)]
[Conv2d(8, 5, padding: Padding.Same, As = "conv1"), ReLU]
[Conv2d(8, 3, padding: Padding.Same, As = "conv2"), ReLU]
public partial class Zeros;

/// <summary>The largest of each 8×8 pixels of the maps.</summary>
[Network, Input(1, 32, 32)]
[Conv2d(8, 5, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv1"), ReLU]
[Conv2d(8, 3, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv2"), ReLU]
[MaxPool2d(8)]
public partial class Pooled;

/// <summary>The mean of each map.</summary>
[Network, Input(1, 32, 32)]
[Conv2d(8, 5, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv1"), ReLU]
[Conv2d(8, 3, padding: Padding.Same, paddingMode: PadMode.Circular, As = "conv2"), ReLU]
[GlobalAvgPool2d]
public partial class GlobalPooled;

/// <summary>Two fully connected layers with as many outputs as the maps have values.</summary>
[Network, Input(1, 32, 32)]
[Flatten, Linear(64), ReLU, Linear(8192), ReLU]
public partial class FullyConnected;
