namespace NetGen.Generator.Operations;

/// <summary>A piece of arithmetic with constant extents and strides, from which a kernel is emitted.</summary>
/// <param name="Name">Names the kernel: <c>Conv1Forward</c>.</param>
/// <param name="Summary">One plain-English line for the comment over the kernel.</param>
internal abstract record Operation(string Name, string Summary);

/// <summary>One pass over a whole activation, value by value.</summary>
/// <param name="Name">Names the kernel.</param>
/// <param name="Summary">The kernel's comment.</param>
/// <param name="Function">What is done to a value.</param>
/// <param name="Floats">Values of a sample, or of a group of samples; a multiple of 16.</param>
/// <param name="IsPerSample">The number of samples is known at run time.</param>
/// <param name="Probability">For dropout.</param>
/// <param name="Salt">For dropout: the layer's own number, so that no two layers drop alike.</param>
internal sealed record Elementwise(
    string Name, string Summary, Function Function, int Floats, bool IsPerSample, double Probability = 0, int Salt = 0)
    : Operation(Name, Summary);

/// <summary>A function of one value, or of a value and a gradient.</summary>
internal enum Function
{
    ReLU,
    Sigmoid,
    Tanh,

    /// <summary>(y, dy) to dx.</summary>
    ReLUGradient,
    SigmoidGradient,
    TanhGradient,

    /// <summary>x to y; the mask is a function of seed, sample and place, so the backward pass makes it again.</summary>
    Dropout,
    DropoutGradient,
    Copy,
}

/// <summary>Pooling forward (x, y) or backward.</summary>
/// <param name="Name">Names the kernel.</param>
/// <param name="Summary">The kernel's comment.</param>
/// <param name="IsMax">Maximum or mean.</param>
/// <param name="IsGradient">Forward: (x, y). Gradient of the mean: (dy, dx). Gradient of the maximum: (x, y, dy, dx).</param>
/// <param name="MasksByInput">Gradient of the maximum: also ReLU's gradient, told from x, ReLU's output.</param>
/// <param name="Blocks">Channels, or blocks of 16 channels: their number and distance in X and Y.</param>
/// <param name="Samples">Samples, where they are not lanes.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
internal sealed record Pooling(
    string Name, string Summary, bool IsMax, bool IsGradient, bool MasksByInput, InAxis Blocks, SampleAxis? Samples, WindowAxis Rows, WindowAxis Columns)
    : Operation(Name, Summary);

/// <summary>The sum of gradients over samples and pixels, per channel: (dy, db).</summary>
/// <param name="Name">Names the kernel.</param>
/// <param name="Summary">The kernel's comment.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Pixels">Pixels of a channel.</param>
/// <param name="SamplesAreLanes">Adds to db the sums of vectors; otherwise channels are lanes and db is overwritten.</param>
internal sealed record BiasGradient(string Name, string Summary, int Channels, int Pixels, bool SamplesAreLanes) : Operation(Name, Summary);

/// <summary>Softmax or its logarithm over all features: (x, y) forward, (y, dy) backward, in place.</summary>
/// <param name="Name">Names the kernel.</param>
/// <param name="Summary">The kernel's comment.</param>
/// <param name="IsLog">The logarithm.</param>
/// <param name="IsGradient">Backward.</param>
/// <param name="Outer">Terms: outer count and floats between.</param>
/// <param name="Inner">Terms: count next to one another and floats between.</param>
/// <param name="SamplesAreLanes">A term is a vector of samples; otherwise terms are lanes.</param>
/// <param name="SampleStep">Floats between samples where they are not lanes.</param>
internal sealed record SoftmaxOperation(
    string Name, string Summary, bool IsLog, bool IsGradient, TermAxis Outer, TermAxis Inner, bool SamplesAreLanes, int SampleStep)
    : Operation(Name, Summary);

/// <summary>A number of things and the floats between neighbours.</summary>
internal readonly record struct TermAxis(int Count, int Step);

/// <summary>Batch normalisation, channels as lanes: statistics, normalisation and their gradients.</summary>
/// <param name="Name">Names the kernel.</param>
/// <param name="Summary">The kernel's comment.</param>
/// <param name="Part">Which part.</param>
/// <param name="Blocks">Blocks of 16 channels.</param>
/// <param name="Pixels">Pixels of a sample.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch in the running statistics.</param>
internal sealed record Normalization(string Name, string Summary, NormalizationPart Part, int Blocks, int Pixels, double Eps, double Momentum)
    : Operation(Name, Summary);

/// <summary>The parts of batch normalisation.</summary>
internal enum NormalizationPart
{
    /// <summary>(x, running_mean, running_var, scale): batch mean, 1/σ and the mean's rest to scale[0..], and the running statistics moved.</summary>
    BatchStatistics,

    /// <summary>(running_mean, running_var, scale): the running ones instead.</summary>
    RunningStatistics,

    /// <summary>(x, weight, bias, scale, y).</summary>
    Normalize,

    /// <summary>(x, dy, scale, dweight, dbias, sums): the mean gradient, its rest, and Σ dy·(x − mean)/(nσ²) to sums[0..].</summary>
    ParameterGradient,

    /// <summary>(x, dy, weight, scale, sums, dx): with batch statistics.</summary>
    InputGradient,

    /// <summary>(dy, weight, scale, dx): with running statistics, which are constants.</summary>
    InputGradientRunning,
}

/// <summary>A change of layout, done by the runtime.</summary>
/// <param name="Name">The runtime's method.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Change">Which change.</param>
/// <param name="Channels">Channels or rows.</param>
/// <param name="Pixels">Pixels or columns.</param>
/// <param name="Padded">Channels in memory, or floats between target rows.</param>
/// <param name="SourceStep">Floats between rows of the source.</param>
/// <param name="Count">Repetitions.</param>
internal sealed record LayoutChange(string Name, string Summary, Change Change, int Channels, int Pixels, int Padded, int SourceStep = 0, int Count = 1)
    : Operation(Name, Summary);

/// <summary>Changes of layout.</summary>
internal enum Change
{
    /// <summary>Rows of the user to samples as lanes.</summary>
    RowsToLanes,

    /// <summary>Samples as lanes to rows.</summary>
    LanesToRows,

    /// <summary>Rows in PyTorch's order to channels last.</summary>
    RowsToChannelsLast,

    /// <summary>Channels last to rows in PyTorch's order.</summary>
    ChannelsLastToRows,

    /// <summary>Weights transposed, for the input gradient.</summary>
    TransposeWeights,
}
