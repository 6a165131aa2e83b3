using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>A product with weights of each place: (x, w, bias, y); its input's gradient: (w, dy, dx); its weights': (x, dy, dw, dbias).</summary>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="In">Input channels.</param>
/// <param name="Out">Output channels.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="X">The input's, or its gradient's, steps.</param>
/// <param name="Y">The output's.</param>
/// <param name="HasBias">Without one, its argument is any memory.</param>
internal sealed record PixelLocalProduct(Target Target, int In, int Out, WideAxis Rows, WideAxis Columns, PixelSteps X, PixelSteps Y, bool HasBias) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"Local{Rows.Kernel}x{Columns.Kernel}Of{In}x{Rows.Input}x{Columns.Input}To{Out}")
        + Target switch { Target.Output => "", Target.Input => "InputGradient", _ => "WeightGradient" };

    public override string Summary => Target switch { Target.Output => "", Target.Input => "Input gradient of a ", _ => "Weight gradient of a " } + "product with weights of each place.";

    public override Work Work => Work.Pieces;
}
