using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>Normalisation by the response of neighbouring channels: (x, scale, y), or (x, y, dy, scale, terms, dx).</summary>
/// <param name="Window">Which channels, and the numbers.</param>
/// <param name="Shape">Of the images.</param>
/// <param name="Steps">Of the tensors.</param>
internal sealed record PixelResponseNormalization(ResponseWindow Window, PixelShape Shape, EquatableArray<PixelSteps> Steps) : BoundOperation
{
    public bool IsGradient => Steps.Count > 3;

    public override string Name => $"ResponseNorm{(IsGradient ? "Gradient" : "")}Of{Shape}";

    public override string Summary => "Each value by what its channel and those beside it answer.";

    public override Work Work => Work.Pieces;
}
