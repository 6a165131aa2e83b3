using NetGen;

namespace TabularSample;

/// <summary>The price of a house.</summary>
[Network, Input(4)]
[Linear(32), ReLU]
[Linear(32), ReLU]
[Linear(1)]
public partial class Houses;

/// <summary>What a mixture of eight things comes to.</summary>
[Network, Input(8)]
[Linear(32, As = "first"), ReLU]
[Linear(32), ReLU]
[Linear(1)]
public partial class Mixture;

/// <summary>Two classes in a plane, parted by a line.</summary>
[Network, Input(2), Linear(2)]
public partial class NoHiddenLayer;

/// <summary>One hidden layer.</summary>
[Network, Input(2), Linear(32), ReLU, Linear(2)]
public partial class OneHiddenLayer;

/// <summary>Two hidden layers.</summary>
[Network, Input(2), Linear(32), ReLU, Linear(32), ReLU, Linear(2)]
public partial class TwoHiddenLayers;

/// <summary>The colour of a place.</summary>
[Network, Input(18), Linear(64), ReLU, Linear(64), ReLU, Linear(3), Sigmoid]
public partial class Painter;
