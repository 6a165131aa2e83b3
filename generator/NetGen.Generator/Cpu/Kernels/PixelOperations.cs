using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

// What is not a product, bound to images that lie pixel by pixel, each tensor with steps of its own: done by kernels that a whole project shares.

/// <summary>The extents of an image, or of features as the channels of a single pixel.</summary>
internal readonly record struct PixelShape(int Channels, int Height, int Width)
{
    public override string ToString() => FormattableString.Invariant($"{Channels}x{Height}x{Width}");
}

/// <summary>A function of every value: (x, y), or in place a gradient, behind what its derivative is told from.</summary>
/// <param name="Function">What is done to a value.</param>
/// <param name="Shape">Of the image.</param>
/// <param name="First">Steps of the first tensor.</param>
/// <param name="Last">Steps of the tensor that is written.</param>
internal sealed record PixelMap(ElementwiseFunction Function, PixelShape Shape, PixelSteps First, PixelSteps Last) : BoundOperation
{
    public override string Name => $"{Function.Name}Of{Shape}";

    public override string Summary => $"{Function.Name} of {Shape}.";

    public override Work Work => Work.Pieces;
}

/// <summary>Dropout: (x, y), or (dy) in place.</summary>
/// <param name="IsGradient">Drops the gradients of what was dropped.</param>
/// <param name="Shape">Of the image.</param>
/// <param name="First">Steps of the first tensor.</param>
/// <param name="Last">Steps of the tensor that is written.</param>
/// <param name="Probability">Of a value to be dropped.</param>
/// <param name="Salt">The layer's own number, so that no two layers drop alike.</param>
/// <param name="IsPerChannel">The values of a channel share a choice.</param>
internal sealed record PixelDropout(bool IsGradient, PixelShape Shape, PixelSteps First, PixelSteps Last, double Probability, int Salt, bool IsPerChannel) : BoundOperation
{
    public override string Name => $"Dropout{(IsPerChannel ? "2d" : "")}{(IsGradient ? "Gradient" : "")}Of{Shape}";

    public override string Summary => $"Dropout of {Shape}.";

    public override Work Work => Work.Pieces;
}

/// <summary>Pooling: (x, y).</summary>
internal sealed record PixelPooling(bool IsMax, int Channels, WideAxis Rows, WideAxis Columns, PixelSteps X, PixelSteps Y) : BoundOperation
{
    /// <inheritdoc cref="StridedPooling.Uneven"/>
    public UnevenWindows? Uneven { get; init; }

    public override string Name =>
        FormattableString.Invariant($"{(Uneven is null ? "" : "Uneven")}{(IsMax ? "Max" : "Average")}Pool{Rows.Kernel}x{Columns.Kernel}Of{Channels}x{Rows.Input}x{Columns.Input}");

    public override string Summary => IsMax ? "Maximum of each window." : "Mean of each window.";

    public override Work Work => Work.Pieces;
}

/// <summary>The gradient of a pooling: (x, y, dy, dx) of the maximum, (dy, dx) of the mean.</summary>
/// <param name="IsMax">Maximum or mean.</param>
/// <param name="MasksByInput">Also ReLU's gradient, told from x, ReLU's output.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="X">Steps of x.</param>
/// <param name="Y">Steps of y.</param>
/// <param name="DY">Steps of dy.</param>
/// <param name="DX">Steps of dx.</param>
internal sealed record PixelPoolingGradient(
    bool IsMax, bool MasksByInput, int Channels, WideAxis Rows, WideAxis Columns, PixelSteps X, PixelSteps Y, PixelSteps DY, PixelSteps DX) : BoundOperation
{
    /// <inheritdoc cref="StridedPooling.Uneven"/>
    public UnevenWindows? Uneven { get; init; }

    public override string Name =>
        FormattableString.Invariant($"{(Uneven is null ? "" : "Uneven")}{(IsMax ? "Max" : "Average")}Pool{Rows.Kernel}x{Columns.Kernel}Of{Channels}x{Rows.Input}x{Columns.Input}Gradient");

    public override string Summary => $"Each gradient to {(IsMax ? "the first largest value" : "all values")} of its window.";

    public override Work Work => Work.Pieces;
}

/// <summary>The sum of gradients over samples and pixels, per channel: (dy, db).</summary>
internal sealed record PixelSums(PixelShape Shape, PixelSteps DY) : BoundOperation
{
    public override string Name => $"BiasGradient{Shape}";

    public override string Summary => "Bias gradient: sums over samples and pixels.";

    public override Work Work => Work.Pieces;
}

/// <summary>A part of batch normalisation; its tensors are those of <see cref="NormalizationPart"/>.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Shape">Of the image; values that are normalised one by one are channels of a single pixel.</param>
/// <param name="X">Steps of x.</param>
/// <param name="DY">Steps of the gradient that is read.</param>
/// <param name="Result">Steps of what is written.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch in the running statistics.</param>
internal sealed record PixelNormalization(
    NormalizationPart Part, PixelShape Shape, PixelSteps X = default, PixelSteps DY = default, PixelSteps Result = default, double Eps = 0, double Momentum = 0) : BoundOperation
{
    public override string Name => $"BatchNorm{Part}{Shape}";

    public override string Summary => Part.ToString();

    public override Work Work => Work.Pieces;
}

/// <summary>Softmax or its logarithm over all features, or over the channels of each pixel: (x, y) forward, (y, dy) backward, in place.</summary>
internal sealed record PixelSoftmax(bool IsLog, bool IsGradient, PixelShape Shape, PixelSteps First, PixelSteps Last, bool IsPerPixel = false) : BoundOperation
{
    public override string Name => $"{(IsPerPixel ? "Channel" : "")}{(IsLog ? "LogSoftmax" : "Softmax")}Of{Shape}{(IsGradient ? "Gradient" : "")}";

    public override string Summary => IsGradient ? "The gradient less what all terms share, in place." : "Exponentials over their sum.";

    public override Work Work => Work.Pieces;
}
