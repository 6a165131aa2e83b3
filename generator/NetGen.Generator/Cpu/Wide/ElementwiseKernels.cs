using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods that go over activations once, value by value; padding is computed like values. Pieces are lines of all samples.</summary>
internal static class ElementwiseKernels
{
    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        Map("ReLU", "The larger of x and 0.", "x", "y", "Vec.MaxNative(V.Zero, {0})"),
        Map("Sigmoid", "1/(1 + e⁻ˣ).", "x", "y", "Sigmoid({0})", KernelFunction.Sigmoid),
        Map("Tanh", "The hyperbolic tangent.", "x", "y", "Tanh({0})", KernelFunction.Tanh),
        Map("Copy", "A copy.", "x", "y", "{0}"),
        Map("Add", "Adds x to y.", "x", "y", "{1} + {0}"),
        Map("Multiply", "Multiplies y by x.", "x", "y", "{1} * {0}"),
        Map("ReLUGradient", "The gradient where y is above 0.", "y", "dy", "Vec.ConditionalSelect(Vec.GreaterThan({0}, V.Zero), {1}, V.Zero)"),
        Map("SigmoidGradient", "The gradient times y·(1 − y).", "y", "dy", "SigmoidGradient({0}, {1})", KernelFunction.SigmoidGradient),
        Map("TanhGradient", "The gradient times 1 − y².", "y", "dy", "TanhGradient({0}, {1})", KernelFunction.TanhGradient),
        Drop("Dropout", "Drops values by chance and scales the others.", ["x", "y"]),
        Drop("DropoutGradient", "The gradient of the values that were kept.", ["dy"]),
    ];

    private static SharedKernel Map(string name, string summary, string first, string second, string value, KernelFunction? function = null) =>
        new(name, summary, [first, second], "in Wide.Lines s", PixelWalk.LinesStruct, level => Body(level, [first, second], value, function is not null), function is null ? [] : [function]);

    private static string Body(InstructionSet level, string[] tensors, string value, bool isFunction)
    {
        var w = new SourceWriter();
        LineLoop.Write(w, tensors, () =>
        {
            w.Line("nint runs = lines * s.Pixels, floats = s.Channels;");
            using (w.Open("if (s.JoinsPixels)"))
                w.Line("floats *= runs;").Line("runs = 1;");
            using (w.Open("for (; runs > 0; runs--)"))
            {
                // Several vectors of a function would need more registers than there are for its constants.
                int step = !isFunction ? InstructionSet.Block : level.Lanes;
                using (w.Open($"for (nint i = 0; i < floats; i += {step})"))
                {
                    for (var lane = 0; lane < step; lane += level.Lanes)
                    {
                        string place = lane == 0 ? "(nuint)i" : $"(nuint)(i + {Literal.Of(lane)})";
                        string Load(string tensor) => $"Vec.LoadUnsafe(ref {tensor}At, {place})";
                        w.Line($"({string.Format(CultureInfo.InvariantCulture, value, Load(tensors[0]), Load(tensors[1]))}).StoreUnsafe(ref {tensors[1]}At, {place});");
                    }
                }
                LineLoop.Advance(w, tensors);
            }
        });
        return w.ToString().TrimEnd('\n');
    }

    private static SharedKernel Drop(string name, string summary, string[] tensors) => new(
        name, summary, tensors, "in Wide.Lines s, uint size, uint salt, uint threshold, float scale", PixelWalk.LinesStruct, level => DropBody(level, tensors),
        [KernelFunction.Kept], IsRandom: true);

    /// <summary>
    /// A value is kept if a hash of seed, layer, sample and place is at or above probability × 2³². The hash is Wellons' lowbias32; the
    /// backward pass computes it again instead of reading a mask. A place is counted without what lies around images.
    /// </summary>
    private static string DropBody(InstructionSet level, string[] tensors)
    {
        var w = new SourceWriter();
        w.Line("uint key = unchecked((seed + salt) * 0x9E3779B1u);");
        LineLoop.Write(w, tensors, () =>
        {
            w.Line("uint place = unchecked(((uint)firstSample * size) + (uint)((line - lines) * s.Pixels * s.Channels));");
            using (w.Open("for (nint runs = lines * s.Pixels; runs > 0; runs--)"))
            {
                using (w.Open($"for (nint i = 0; i < s.Channels; i += {level.Lanes})"))
                {
                    w.Line("V kept = Kept(Vec.Create(unchecked(place + (uint)i)) + U.Indices, key, threshold);");
                    w.Line($"(kept & (Vec.LoadUnsafe(ref {tensors[0]}At, (nuint)i) * scale)).StoreUnsafe(ref {tensors[tensors.Length - 1]}At, (nuint)i);");
                }
                w.Line("place = unchecked(place + (uint)s.Channels);");
                LineLoop.Advance(w, tensors);
            }
        });
        return w.ToString().TrimEnd('\n');
    }
}
