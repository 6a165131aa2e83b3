using NetGen;

namespace ModelZoo;

/// <summary>A multilayer perceptron.</summary>
[Network, Input(1, 28, 28)]
[Flatten]
[Linear(784, 256), ReLU]
[Linear(256, 84), ReLU]
[Linear(84, 10)]
public partial class Mlp;
