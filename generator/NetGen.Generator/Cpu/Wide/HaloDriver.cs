using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Writes the driver that fills what lies around images with zeros.</summary>
internal static class HaloDriver
{
    /// <summary>Zeros around the images: <c>name(ref pixels, samples, from, to)</c>. Once is enough where nothing else uses the memory.</summary>
    /// <param name="channels">Floats of a pixel that are cleared.</param>
    public static WideDriver Write(int channels, int height, int width, PixelSteps steps, WideHalo halo)
    {
        var w = new SourceWriter();
        int row = (width + halo.Left + halo.Right - 1) * steps.Pixel + channels;
        void Clear(string place, int pixels)
        {
            if (pixels > 0)
                w.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref image, {place}), {((pixels - 1) * steps.Pixel) + channels}).Clear();");
        }
        using (w.Open("for (nint sample = from; sample < to; sample++)"))
        {
            w.Line($"ref float image = ref Unsafe.Add(ref pixels, (sample * {steps.Sample}) - {halo.Left * steps.Pixel});");
            using (w.Open($"for (nint row = {-halo.Top}; row < {height + halo.Bottom}; row++)"))
            {
                using (w.Open($"if (row < 0 || row >= {height})"))
                {
                    Clear($"row * {Literal.Of(steps.Row)}", width + halo.Left + halo.Right);
                    w.Line("continue;");
                }
                Clear($"row * {Literal.Of(steps.Row)}", halo.Left);
                Clear($"(row * {Literal.Of(steps.Row)}) + {Literal.Of((halo.Left + width) * steps.Pixel)}", halo.Right);
            }
        }
        return new WideDriver(
            $"Zeros around {height}×{width} images.", "ref float pixels, nint samples, nint from, nint to", w.ToString().TrimEnd('\n'),
            new WidePieces(1, 1), default, 0, WideNeeds.None);
    }
}
