using NetGen;

namespace GeneralizationSample;

/// <summary>Large enough to know every digit that it has seen.</summary>
[Network, Input(1, 28, 28)]
[Flatten, Linear(512), ReLU, Linear(256), ReLU, Linear(10)]
public partial class Large;

/// <summary>The same, of which another half is left out in each step.</summary>
[Network, Input(1, 28, 28)]
[Flatten, Dropout(0.2), Linear(512), ReLU, Dropout, Linear(256), ReLU, Dropout, Linear(10)]
public partial class LargeWithDropout;

/// <summary>A layer of a deep network.</summary>
[Block]
[Linear(100, As = "linear"), ReLU(As = "relu")]
public abstract class Dense;

/// <summary>The same with batch normalisation.</summary>
[Block]
[Linear(100, As = "linear"), BatchNorm1d, ReLU(As = "relu")]
public abstract class NormedDense;

/// <summary>Twenty layers.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, BiasInit = Init.Zeros)]
[Flatten, Use<Dense>(As = "layers", Repeat = 20), Linear(10)]
public partial class Deep;

/// <summary>Twenty layers with batch normalisation.</summary>
[Network, Input(1, 28, 28), Initialize(Init = Init.KaimingNormal, BiasInit = Init.Zeros)]
[Flatten, Use<NormedDense>(As = "layers", Repeat = 20), Linear(10)]
public partial class NormedDeep;
