using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>The call of a Winograd convolution as a driver, so that it is checked as others are.</summary>
internal static class WinogradDriver
{
    public static WideDriver Write(Target target, WideConvolution c, PixelSteps read, PixelSteps written, WideEpilogue epilogue)
    {
        WideCall product = WinogradCalls.Of(new(target, c, read, written, epilogue));
        if (target == Target.Weight)
        {
            return new WideDriver(
                product.Summary, "ref float x, ref float dy, ref float dw, ref float scratch, nint samples, nint from, nint to",
                product.Write(["x", "dy", "dw"]), product.Pieces, WideHalo.Of(c.Rows.Halo, c.Columns.Halo), product.Scratch, product.Needs);
        }
        bool isForward = target == Target.Output;
        return new WideDriver(
            product.Summary,
            $"ref float {(isForward ? "x" : "dy")}, ref float w, ref float {(isForward ? "y" : "dx")}, ref float bias, ref float other, float lowest, ref float scratch, nint samples, nint from, nint to",
            product.Write([isForward ? "x" : "dy", "w", isForward ? "y" : "dx", "bias", "other"]), product.Pieces, isForward ? WideHalo.Of(c.Rows.Halo, c.Columns.Halo) : WideHalo.Of(c.Rows.GradientHalo, c.Columns.GradientHalo),
            product.Scratch, product.Needs);
    }
}
