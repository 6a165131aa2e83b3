using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes copies between the user's images, plane by plane and dense, and images in memory, pixel by pixel: <c>name(ref from, ref to, samples,
/// from, to)</c> with one piece a sample; and the driver that fills halos. Padding channels and halos are not touched by copies.
/// </summary>
internal static class CopyDriver
{
    /// <summary>From [channel][row][column] to pixels: <c>name(ref planes, ref pixels, samples, from, to)</c>.</summary>
    public static WideDriver ToPixels(int channels, int height, int width, PixelSteps steps) => Write(channels, height, width, steps, true);

    /// <summary>From pixels to [channel][row][column]: <c>name(ref pixels, ref planes, samples, from, to)</c>.</summary>
    public static WideDriver ToPlanes(int channels, int height, int width, PixelSteps steps) => Write(channels, height, width, steps, false);

    /// <summary>Zeros around the images: <c>name(ref pixels, samples, from, to)</c>. Once is enough where nothing else uses the memory.</summary>
    /// <param name="channels">Floats of a pixel that are cleared.</param>
    public static WideDriver ClearHalo(int channels, int height, int width, PixelSteps steps, WideHalo halo)
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

    private static WideDriver Write(int channels, int height, int width, PixelSteps steps, bool toPixels)
    {
        bool isDense = steps.Row == width * steps.Pixel;
        int plane = height * width, columns = isDense ? plane : width;
        var w = new SourceWriter();
        using (w.Open("for (nint sample = from; sample < to; sample++)"))
        {
            string planesAt = $"ref Unsafe.Add(ref planes, (sample * {Literal.Of(channels * plane)}){(isDense ? "" : $" + (row * {Literal.Of(width)})")})";
            string pixelsAt = $"ref Unsafe.Add(ref pixels, (sample * {Literal.Of(steps.Sample)}){(isDense ? "" : $" + (row * {Literal.Of(steps.Row)})")})";
            if (!isDense)
                w.Line($"for (nint row = 0; row < {height}; row++)");
            string indent = isDense ? "" : "    ";
            w.Line(toPixels
                ? $"{indent}Wide.Transpose({planesAt}, {pixelsAt}, {channels}, {columns}, {plane}, {steps.Pixel});"
                : $"{indent}Wide.Transpose({pixelsAt}, {planesAt}, {columns}, {channels}, {steps.Pixel}, {plane});");
        }
        return new WideDriver(
            toPixels ? $"{channels} planes of {height}×{width} to pixels." : $"Pixels to {channels} planes of {height}×{width}.",
            toPixels ? "ref float planes, ref float pixels, nint samples, nint from, nint to" : "ref float pixels, ref float planes, nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), new WidePieces(1, 1), default, 0, new WideNeeds { Transpose = true });
    }
}
