using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Each pixel of an image from pixels of another: moved, repeated or mixed, channel by channel.</summary>
internal sealed record Resample(int Node, Resampling Resampling, int X, int Y) : Operation(Node)
{
    public override string Label => "resampling";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new ResampleGradient(Node, Resampling, dy, dx));
    }
}

/// <summary>Each gradient to the pixels that its pixel was made of.</summary>
internal sealed record ResampleGradient(int Node, Resampling Resampling, int DY, int DX) : Operation(Node)
{
    public override string Label => "resampling gradient";

    public override EquatableArray<int> Reads => [DY];

    public override EquatableArray<int> Writes => [DX];
}

/// <summary>Where the pixels come from.</summary>
internal sealed record Resampling(ResamplingKind Kind, ResampledAxis Rows, ResampledAxis Columns)
{
    /// <summary>Of a volume, whose rows are then those of a slice; null: it is none.</summary>
    public ResampledAxis? Slices { get; init; }

    /// <summary>A direction for each dimension beside the channels, outermost first. A signal has one row.</summary>
    public static Resampling Of(ResamplingKind kind, IReadOnlyList<ResampledAxis> axes) => axes.Count switch
    {
        1 => new(kind, new(1, 1, 0, 1), axes[0]),
        2 => new(kind, axes[0], axes[1]),
        _ => new(kind, axes[1], axes[2]) { Slices = axes[0] },
    };
}

/// <summary>Slices, rows or columns. Of kinds that move pixels, input = output · Step − Before.</summary>
/// <param name="Input">Inputs.</param>
/// <param name="Output">Outputs.</param>
/// <param name="Before">Outputs before the first input; below 0: inputs before the first output.</param>
/// <param name="Step">Inputs between neighbouring outputs; of kinds that make images larger, how many times.</param>
internal readonly record struct ResampledAxis(int Input, int Output, int Before, int Step);

/// <summary>How pixels are resampled; kernels know the numbers.</summary>
internal enum ResamplingKind
{
    /// <summary>Moved; zeros outside of the image.</summary>
    Zeros,

    /// <summary>Moved; the image mirrored at its outermost pixels.</summary>
    Reflect,

    /// <summary>Moved; the outermost pixel again.</summary>
    Replicate,

    /// <summary>Moved; the other side of the image.</summary>
    Circular,

    /// <summary>Repeated.</summary>
    Nearest,

    /// <summary>Mixed of the four pixels around a place; pixels are squares, and beyond the centres of the outermost ones these.</summary>
    Bilinear,

    /// <summary>The same of the eight pixels of a volume.</summary>
    Trilinear,
}

/// <summary>Channels of zeros before and behind those of an image, or features of a vector.</summary>
internal sealed record ChannelPad(int Node, int X, int Before, int Channels, int Y) : Operation(Node)
{
    public override string Label => "channels of zeros";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new ChannelRange(Node, dy, Before, Channels, dx));
    }
}
