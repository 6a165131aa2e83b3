using NetGen;

namespace GeneralizationSample;

/// <summary>Random features, which are not trained.</summary>
[Block]
[Linear(Width, bias: false, Init = Init.Normal, InitStd = 0.45), Tanh]
public abstract class RandomFeatures
{
    /// <summary>How many.</summary>
    [Parameter] public const int Width = 60;
}

/// <summary>5 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(5, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width5;

/// <summary>10 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(10, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width10;

/// <summary>20 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(20, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width20;

/// <summary>30 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(30, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width30;

/// <summary>40 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(40, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width40;

/// <summary>50 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(50, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width50;

/// <summary>60 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(60, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width60;

/// <summary>70 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(70, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width70;

/// <summary>80 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(80, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width80;

/// <summary>120 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(120, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width120;

/// <summary>240 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(240, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width240;

/// <summary>480 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(480, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width480;

/// <summary>960 random features.</summary>
[Network, Input(20), Use<RandomFeatures>(960, Frozen = true), Linear(1, bias: false, Init = Init.Zeros)]
public partial class Width960;
