using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Tests.Wide;

/// <summary>A driver that a pass does not have: it transforms the weights and goes on, so that Winograd's convolutions are checked as others are.</summary>
internal static class WinogradDriver
{
    public static WideDriver Write(Target target, WideConvolution c, PixelSteps read, PixelSteps written, WideEpilogue epilogue)
    {
        WideCall weights = WinogradCalls.Weights(new(target, c)), product = WinogradCalls.Product(new(target, c, read, written, epilogue));
        bool isForward = target == Target.Output;
        int floats = new WinogradTiles(target, c).WeightFloats;
        var w = new SourceWriter();
        w.Line("ref float u = ref scratch;").Line($"scratch = ref Unsafe.Add(ref scratch, {floats});");
        w.Line(weights.Write(["w", "u"], $"samples, 0, {weights.Pieces.Text}"));
        w.Line(product.Write([isForward ? "x" : "dy", "u", isForward ? "y" : "dx", "bias", "other"]));
        return new WideDriver(
            product.Summary,
            $"ref float {(isForward ? "x" : "dy")}, ref float w, ref float {(isForward ? "y" : "dx")}, ref float bias, ref float other, float lowest, ref float scratch, nint samples, nint from, nint to",
            w.ToString(), product.Pieces, isForward ? WideHalo.Of(c.Rows.Halo, c.Columns.Halo) : WideHalo.Of(c.Rows.GradientHalo, c.Columns.GradientHalo),
            floats + Math.Max(weights.Scratch, product.Scratch), weights.Needs.And(product.Needs));
    }
}
