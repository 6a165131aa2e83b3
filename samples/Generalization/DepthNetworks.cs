using NetGen;

namespace GeneralizationSample;

/// <summary>What the networks of each depth begin with: 16 channels of 7×7.</summary>
[Block]
[Conv2d(16, 5, stride: 2, padding: 2, bias: false), BatchNorm2d, ReLU, MaxPool2d(2)]
public abstract class Stem;

/// <summary>Two layers.</summary>
[Block]
[Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
public abstract class Plain;

/// <summary>Two layers, added to what came in (He et al., 2015, arXiv:1512.03385).</summary>
[Block]
[Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
[Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, Add(Block.Input), ReLU]
public abstract class Residual;

/// <summary>8 layers with weights.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Plain>(Repeat = 3), GlobalAvgPool2d, Linear(10)]
public partial class Plain8;

/// <summary>20 layers.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Plain>(Repeat = 9), GlobalAvgPool2d, Linear(10)]
public partial class Plain20;

/// <summary>32 layers.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Plain>(Repeat = 15), GlobalAvgPool2d, Linear(10)]
public partial class Plain32;

/// <summary>56 layers.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Plain>(Repeat = 27), GlobalAvgPool2d, Linear(10)]
public partial class Plain56;

/// <summary>8 layers with shortcuts.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Residual>(Repeat = 3), GlobalAvgPool2d, Linear(10)]
public partial class Residual8;

/// <summary>20 layers with shortcuts.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Residual>(Repeat = 9), GlobalAvgPool2d, Linear(10)]
public partial class Residual20;

/// <summary>32 layers with shortcuts.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Residual>(Repeat = 15), GlobalAvgPool2d, Linear(10)]
public partial class Residual32;

/// <summary>56 layers with shortcuts.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out)]
[Use<Stem>, Use<Residual>(Repeat = 27), GlobalAvgPool2d, Linear(10)]
public partial class Residual56;
