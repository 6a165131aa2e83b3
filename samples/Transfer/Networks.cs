using NetGen;

namespace TransferSample;

/// <summary>The layers that are of use for other digits too.</summary>
[Block]
[Conv2d(1, 16, 5, padding: 2), ReLU, MaxPool2d(2), Conv2d(16, 32, 5, padding: 2), ReLU, MaxPool2d(2), Conv2d(32, 64, 3, padding: 1), ReLU, GlobalAvgPool2d]
public abstract class Body;

/// <summary>For the first problem: all of it learns.</summary>
[Network, Input(1, 28, 28)]
[Use<Body>(As = "features"), Linear(64, 5, As = "first")]
public partial class FirstNet;

/// <summary>For the second one: the body stays what it is, a new head learns.</summary>
[Network, Input(1, 28, 28)]
[Use<Body>(As = "features", Frozen = true), Linear(64, 5, As = "second")]
public partial class FrozenNet;

/// <summary>For the second one from nothing.</summary>
[Network, Input(1, 28, 28)]
[Use<Body>(As = "features"), Linear(64, 5, As = "second")]
public partial class FreshNet;
