using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods of dropout. Pieces are lines of all samples.</summary>
internal static class DropoutKernels
{
    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        Drop("Dropout", "Drops values by chance and scales the others.", ["x", "y"]),
        Drop("DropoutGradient", "The gradient of the values that were kept.", ["dy"]),
        Drop("Dropout2d", "Drops channels by chance and scales the others.", ["x", "y"], isPerChannel: true),
        Drop("Dropout2dGradient", "The gradient of the channels that were kept.", ["dy"], isPerChannel: true),
    ];

    private static SharedKernel Drop(string name, string summary, string[] tensors, bool isPerChannel = false) => new(
        name, summary, tensors, $"in Wide.Lines s, uint {(isPerChannel ? "area" : "size")}, uint salt, uint threshold, float scale", PixelWalk.LinesStruct,
        level => DropBody(level, tensors, isPerChannel), [KernelFunction.Kept], IsRandom: true);

    /// <summary>
    /// A value is kept if a hash of seed, layer, sample and place is at or above probability × 2³². The hash is Wellons' lowbias32; the
    /// backward pass computes it again instead of reading a mask. A place is counted without what lies around images.
    /// </summary>
    private static string DropBody(InstructionSet level, string[] tensors, bool isPerChannel)
    {
        var w = new SourceWriter();
        w.Line("uint key = unchecked((seed + salt) * 0x9E3779B1u);");
        LineLoop.Write(w, tensors, () =>
        {
            w.Line(isPerChannel
                ? "nint pixel = (line - lines) * s.Pixels;"
                : "uint place = unchecked(((uint)firstSample * size) + (uint)((line - lines) * s.Pixels * s.Channels));");
            using (w.Open("for (nint runs = lines * s.Pixels; runs > 0; runs--)"))
            {
                if (isPerChannel)
                    w.Line("uint place = unchecked(((uint)firstSample + ((uint)pixel++ / area)) * (uint)s.Channels);");
                using (w.Open($"for (nint i = 0; i < s.Channels; i += {level.Lanes})"))
                {
                    w.Line("V kept = Kept(Vec.Create(unchecked(place + (uint)i)) + U.Indices, key, threshold);");
                    w.Line($"(kept & (Vec.LoadUnsafe(ref {tensors[0]}At, (nuint)i) * scale)).StoreUnsafe(ref {tensors[tensors.Length - 1]}At, (nuint)i);");
                }
                if (!isPerChannel)
                    w.Line("place = unchecked(place + (uint)s.Channels);");
                LineLoop.Advance(w, tensors);
            }
        });
        return w.ToString().TrimEnd('\n');
    }
}
