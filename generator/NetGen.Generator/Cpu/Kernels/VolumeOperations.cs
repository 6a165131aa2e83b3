using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

// What is done to volumes, by methods of the runtime.

/// <summary>Slices to channels: (x, y); or gradients back: (dy, dx).</summary>
/// <param name="IsGradient">Back.</param>
/// <param name="Channels">Of the volume.</param>
/// <param name="Padded">Channels of a pixel that are written, zeros behind its own.</param>
/// <param name="Slices">Where values come from.</param>
/// <param name="Volume">Steps of the volume, or of its gradient.</param>
/// <param name="Unfolded">Steps of what has slices as channels.</param>
internal sealed record SliceUnfolding(bool IsGradient, int Channels, int Padded, Unfolding Slices, PixelSteps Volume, PixelSteps Unfolded) : RuntimeOperation
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
