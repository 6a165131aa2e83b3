using NetGen;

namespace ModelZoo;

/// <summary>One layer: a weight for every pixel and digit.</summary>
[Network, Input(1, 28, 28)]
[Flatten]
[Linear(784, 10)]
public partial class Linear;
