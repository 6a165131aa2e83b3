using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>Pixels from those of another image: (x, y), or (dy, dx).</summary>
/// <param name="IsGradient">Backward.</param>
/// <param name="Resampling">Where they come from.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Small">Steps of x or dx.</param>
/// <param name="Large">Steps of y or dy.</param>
internal sealed record PixelResampling(bool IsGradient, Resampling Resampling, int Channels, PixelSteps Small, PixelSteps Large) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"Resample{(IsGradient ? "Gradient" : "")}Of{Channels}x{Resampling.Rows.Input}x{Resampling.Columns.Input}");

    public override string Summary => IsGradient ? "Each gradient to the pixels that its pixel was made of." : "Each pixel from pixels of another image.";

    public override Work Work => Work.Pieces;
}
