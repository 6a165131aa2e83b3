using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

// What is done to volumes, by methods of the runtime.

/// <summary>Slices to channels: (x, y); or back, with a bias where there is one: (x, bias, y).</summary>
/// <param name="IsFold">Back.</param>
/// <param name="Channels">Of the volume.</param>
/// <param name="Padded">Channels of a pixel that are written, zeros behind its own.</param>
/// <param name="Slices">Where values come from.</param>
/// <param name="Volume">Steps of the volume.</param>
/// <param name="Unfolded">Steps of what has slices as channels.</param>
internal sealed record SliceUnfolding(bool IsFold, int Channels, int Padded, Unfolding Slices, PixelSteps Volume, PixelSteps Unfolded) : RuntimeOperation
{
    /// <summary>Sums start from a bias.</summary>
    public bool HasBias { get; init; }

    public override Work Work => Work.Samples;
}

/// <summary>Pixels of volumes from those of others: (x, y); its gradient: (dy, dx).</summary>
/// <param name="IsGradient">The gradient.</param>
/// <param name="Channels">In whole blocks.</param>
/// <param name="Resampling">Where they come from.</param>
/// <param name="X">Steps of the volume, or of its gradient.</param>
/// <param name="Y">Steps of what it becomes, or of its gradient.</param>
internal sealed record VolumeResampling(bool IsGradient, int Channels, Resampling Resampling, PixelSteps X, PixelSteps Y) : RuntimeOperation
{
    public override Work Work => Work.Samples;
}

/// <summary>Pooling of volumes: (x, y); its gradient: (x, y, dy, dx) of the maximum, (dy, dx) of the mean.</summary>
/// <param name="IsMax">Maximum or mean.</param>
/// <param name="Channels">In whole blocks.</param>
/// <param name="Axes">Slices, rows and columns.</param>
/// <param name="X">Steps of the volume.</param>
/// <param name="Y">Steps of what it becomes.</param>
internal sealed record VolumePool(bool IsMax, int Channels, EquatableArray<PoolAxis> Axes, PixelSteps X, PixelSteps Y) : RuntimeOperation
{
    /// <summary>The gradient.</summary>
    public bool IsGradient { get; init; }

    /// <summary>Steps of the gradients.</summary>
    public PixelSteps DY { get; init; }

    /// <inheritdoc cref="DY"/>
    public PixelSteps DX { get; init; }

    public override Work Work => Work.Samples;
}

/// <summary>One direction of a pooling of volumes.</summary>
internal readonly record struct PoolAxis(int Input, int Output, UnevenAxis Windows);
