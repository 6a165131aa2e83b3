namespace NetGen.Generator.Cpu.Kernels;

/// <summary>What the runtime does by a method of its own, which takes the numbers as arguments: no kernel is emitted for it.</summary>
internal abstract record RuntimeOperation : BoundOperation
{
    public override string Name => GetType().Name;

    public sealed override string Summary => "";

    public sealed override bool HasKernel => false;
}

/// <summary>Planes of the user's images to pixels in memory, done by the runtime: (rows, pixels).</summary>
/// <param name="Shape">Of an image.</param>
/// <param name="RowStep">Floats from one of the user's rows to the next.</param>
/// <param name="Steps">Of the pixels.</param>
/// <param name="Padded">Channels of a pixel that are written, zeros behind the image's own.</param>
internal sealed record RowsToPixels(PixelShape Shape, int RowStep, PixelSteps Steps, int Padded) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>Pixels in memory to planes of images, done by the runtime: (pixels, rows).</summary>
/// <param name="Shape">Of an image.</param>
/// <param name="Steps">Of the pixels.</param>
/// <param name="RowStep">Floats from one row to the next.</param>
internal sealed record PixelsToRows(PixelShape Shape, PixelSteps Steps, int RowStep) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>16 samples side by side to pixels in memory, done by the runtime: (lanes, pixels).</summary>
/// <param name="Shape">Of an image.</param>
/// <param name="Steps">Of the pixels.</param>
/// <param name="Padded">Channels of a pixel that are written, zeros behind the image's own.</param>
internal sealed record LanesToPixels(PixelShape Shape, PixelSteps Steps, int Padded) : RuntimeOperation
{
    public override Work Work => Work.Group;
}

/// <summary>Pixels in memory to 16 samples side by side, done by the runtime: (pixels, lanes).</summary>
/// <param name="Shape">Of an image.</param>
/// <param name="Steps">Of the pixels.</param>
internal sealed record PixelsToLanes(PixelShape Shape, PixelSteps Steps) : RuntimeOperation
{
    public override Work Work => Work.Group;
}

/// <summary>The sum of what every 16 samples have for themselves, done by the runtime: (parts, sum).</summary>
/// <param name="Floats">How many are summed.</param>
/// <param name="Step">Floats from one part to the next.</param>
internal sealed record GroupSum(int Floats, int Step) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}

/// <summary>Adds one buffer to another, done by the runtime: (part, sum).</summary>
internal sealed record SharedSum(int Floats) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}

/// <summary>Moves a mean of batches towards one more, done by the runtime: (batch, mean).</summary>
/// <param name="Floats">How many there are.</param>
/// <param name="Counter">The number of the counter of batches.</param>
internal sealed record MeanOfBatches(int Floats, int Counter) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}

/// <summary>Zeroes a buffer that all samples have in common, done by the runtime.</summary>
internal sealed record SharedZeros(int Floats) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}

/// <summary>A change of layout, done by the runtime: (source, target).</summary>
/// <param name="Change">Which change.</param>
/// <param name="Channels">Channels or rows.</param>
/// <param name="Pixels">Pixels or columns.</param>
/// <param name="Padded">Channels in memory, or floats between target rows.</param>
/// <param name="SourceStep">Floats between rows of the source.</param>
/// <param name="Count">Repetitions.</param>
internal sealed record LayoutChange(Change Change, int Channels, int Pixels, int Padded, int SourceStep = 0, int Count = 1) : RuntimeOperation
{
    public override string Name => Change.ToString();

    public override Work Work => Change switch
    {
        Change.TransposeWeights => Work.Pieces,
        _ => Work.Group,
    };
}

/// <summary>Changes of layout.</summary>
internal enum Change
{
    /// <summary>Rows of the user to samples as lanes.</summary>
    RowsToLanes,

    /// <summary>Samples as lanes to rows.</summary>
    LanesToRows,

    /// <summary>Weights transposed, for the input gradient.</summary>
    TransposeWeights,
}

/// <summary>Some channels of pixels to others, done by the runtime: (x, y).</summary>
/// <param name="Shape">Of the images; its channels are those that are copied.</param>
/// <param name="Zeros">Channels behind them that become 0.</param>
/// <param name="X">Steps of what is read.</param>
/// <param name="Y">Steps of what is written.</param>
/// <param name="First">The first channel that is read.</param>
/// <param name="Target">The first channel that is written.</param>
internal sealed record ChannelCopy(PixelShape Shape, int Zeros, PixelSteps X, PixelSteps Y, int First, int Target) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>Zeroes some channels of pixels, done by the runtime.</summary>
/// <param name="Shape">Of the images; its channels are those that become 0.</param>
/// <param name="Steps">Of the pixels.</param>
internal sealed record ChannelZeros(PixelShape Shape, PixelSteps Steps) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>Channels to pixels or back, done by the runtime: (x, y).</summary>
/// <param name="IsInverse">Pixels to channels.</param>
/// <param name="Factor">Pixels along a side that become one, or that one becomes.</param>
/// <param name="Shape">Channels of the larger image, extents of the smaller.</param>
/// <param name="Padded">Channels of a pixel that are written, zeros behind the image's own.</param>
/// <param name="X">Steps of what is read.</param>
/// <param name="Y">Steps of what is written.</param>
internal sealed record ChannelShuffle(bool IsInverse, int Factor, PixelShape Shape, int Padded, PixelSteps X, PixelSteps Y) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>Some floats of a group of samples to others, done by the runtime: (x, y).</summary>
internal sealed record FloatCopy(int Floats, int First, int Target) : RuntimeOperation
{
    public override Work Work => Work.Group;
}

/// <summary>One number in all places of a buffer that the whole batch has, done by the runtime.</summary>
internal sealed record Constant(int Floats, double Number) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}

/// <summary>Zeroes a buffer's values, done by the runtime.</summary>
/// <param name="Floats">Its size: of one sample where <paramref name="IsPerSample"/>.</param>
/// <param name="IsPerSample">One for each sample.</param>
/// <param name="Start">Floats before the first value.</param>
internal sealed record Zeros(int Floats, bool IsPerSample, int Start) : RuntimeOperation
{
    public override Work Work => IsPerSample ? Work.Samples : Work.Group;
}

/// <summary>Makes a buffer's memory not-a-number: tests put it where a value's life begins and ends, so that who reads what is not there is seen.</summary>
/// <param name="Floats">Its size: of one sample where <paramref name="IsPerSample"/>.</param>
/// <param name="IsPerSample">One for each sample that there is room for.</param>
/// <param name="Start">Floats before the first value.</param>
internal sealed record Poison(int Floats, bool IsPerSample, int Start) : RuntimeOperation
{
    public override Work Work => Work.Pieces;
}
