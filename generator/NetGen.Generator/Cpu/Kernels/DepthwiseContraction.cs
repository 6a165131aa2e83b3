using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>
/// A convolution of each channel by itself, done by kernels that a whole project shares. Weights lie as [row][column][channel]. Forward: (x, w, y, bias,
/// other). Input gradient: (dy, w, dx, bias, other). Weight gradient: (x, dy, dw).
/// </summary>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="Channels">How many there are.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="X">The input's, or its gradient's, steps.</param>
/// <param name="Y">The output's.</param>
/// <param name="Epilogue">What follows the sums.</param>
internal sealed record DepthwiseContraction(Target Target, int Channels, WideAxis Rows, WideAxis Columns, PixelSteps X, PixelSteps Y, WideEpilogue Epilogue) : BoundOperation
{
    public override string Name =>
        FormattableString.Invariant($"Depthwise{Rows.Kernel}x{Columns.Kernel}Of{Channels}x{Rows.Input}x{Columns.Input}")
        + Target switch { Target.Output => "", Target.Input => "InputGradient", _ => "WeightGradient" };

    public override string Summary =>
        FormattableString.Invariant($"{Rows.Kernel}×{Columns.Kernel} convolution of each of {Channels} channels, {Rows.Input}×{Columns.Input} to {Rows.Output}×{Columns.Output}");

    public override Work Work => Work.Pieces;
}
