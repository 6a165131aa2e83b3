using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods of softmax and its logarithm over all features of a sample, pieces being samples, and over the channels of each pixel, pieces being lines of
/// samples; padding gets zeros.
/// </summary>
internal static class SoftmaxKernels
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Features of a sample: so many channels of so many pixels; steps of the first and second tensor between pixels and samples, in floats.</summary>
        internal struct Features
        {
            public nint Pixels, Channels, X, XSample, Y, YSample;
        }
        """;

    /// <summary>Numbers of the methods over channels.</summary>
    private const string ChannelStruct = """
        /// <summary>Images whose pixels' channels belong together; steps of the first and second tensor between pixels, rows and samples, in floats.</summary>
        internal struct PixelFeatures
        {
            public nint Channels, Height, Width, X, XRow, XSample, Y, YRow, YSample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("Softmax", "Exponentials over their sum.", ["x", "y"], "in Wide.Features s", Struct, level => Forward(level, isLog: false), [.. Uses, KernelFunction.Largest]),
        new("LogSoftmax", "Logarithms of exponentials over their sum.", ["x", "y"], "in Wide.Features s", Struct, level => Forward(level, isLog: true), [.. Uses, KernelFunction.Largest]),
        new("SoftmaxGradient", "The gradient less what all terms share, in place.", ["y", "dy"], "in Wide.Features s", Struct, level => Gradient(level, isLog: false), [KernelFunction.Lane]),
        new("LogSoftmaxGradient", "The gradient less what all terms share, in place.", ["y", "dy"], "in Wide.Features s", Struct, level => Gradient(level, isLog: true), Uses),
        .. OfChannels(isLog: false),
        .. OfChannels(isLog: true),
    ];

    private static IEnumerable<SharedKernel> OfChannels(bool isLog)
    {
        string method = isLog ? "ChannelLogSoftmax" : "ChannelSoftmax";
        yield return new(
            method, "The same over the channels of each pixel.", ["x", "y"], "in Wide.PixelFeatures s", ChannelStruct, level => Forward(level, isLog, ofChannels: true), [.. Uses, KernelFunction.Largest]);
        yield return new(
            method + "Gradient", "The same over the channels of each pixel.", ["y", "dy"], "in Wide.PixelFeatures s", ChannelStruct, level => Gradient(level, isLog, ofChannels: true),
            isLog ? Uses : [KernelFunction.Lane]);
    }

    private static IReadOnlyList<KernelFunction> Uses => [KernelFunction.Exp, KernelFunction.Lane];

    /// <summary>The largest term is taken off before the exponentials, so that none overflows.</summary>
    private static string Forward(InstructionSet level, bool isLog, bool ofChannels = false) => Places(ofChannels, ["x", "y"], $$"""
        V largest = Vec.Create(float.NegativeInfinity);
        {{Terms(ofChannels, level, ["x"], mask => $"largest = Vec.MaxNative(largest, {Select(mask, Load("x"), "Vec.Create(float.NegativeInfinity)")});")}}
        largest = Vec.Create(Largest(largest));
        V sum = V.Zero;
        {{Terms(
            ofChannels, level, ["x", "y"],
            mask => isLog
                ? $"V less = {Load("x")} - largest;\nless.StoreUnsafe(ref yP, (nuint)i);\nsum += {Select(mask, "Exp(less)")};"
                : $"V term = {Select(mask, $"Exp({Load("x")} - largest)")};\nterm.StoreUnsafe(ref yP, (nuint)i);\nsum += term;",
            masksAll: true)}}
        sum = Vec.Create(Vec.Sum(sum));
        {{(isLog
            // Two subtractions: the largest term and the logarithm in one number would lose the digits of the logarithm.
            ? "V logarithm = Vec.Log(sum);\n" + Terms(ofChannels, level, ["y"], mask => $"{Select(mask, $"({Load("y")} - logarithm)")}.StoreUnsafe(ref yP, (nuint)i);")
            : Terms(ofChannels, level, ["y"], _ => $"({Load("y")} / sum).StoreUnsafe(ref yP, (nuint)i);"))}}
        """);

    private static string Gradient(InstructionSet level, bool isLog, bool ofChannels = false) => Places(ofChannels, ["y", "dy"], $$"""
        V shared = V.Zero;
        {{Terms(ofChannels, level, isLog ? ["dy"] : ["y", "dy"], mask => $"shared += {Select(mask, isLog ? Load("dy") : $"({Load("dy")} * {Load("y")})")};")}}
        shared = Vec.Create(Vec.Sum(shared));
        {{Terms(ofChannels, level, ["y", "dy"], mask =>
        {
            string value = isLog ? $"({Load("dy")} - (Exp({Load("y")}) * shared))" : $"({Load("y")} * ({Load("dy")} - shared))";
            return $"{Select(mask, value)}.StoreUnsafe(ref dyP, (nuint)i);";
        }, masksAll: isLog)}}
        """);

    /// <summary>A loop over samples, or over the pixels of lines.</summary>
    private static string Places(bool ofChannels, string[] tensors, string body)
    {
        var w = new SourceWriter();
        if (ofChannels)
        {
            using (w.Open("for (nint line = from; line < to; line++)"))
            {
                w.Line("nint ofSample = line / s.Height, row = line - (ofSample * s.Height);");
                w.Line(string.Join("\n", tensors.Select((tensor, i) => $"ref float {tensor}P = ref Unsafe.Add(ref {tensor}, (ofSample * s.{"XY"[i]}Sample) + (row * s.{"XY"[i]}Row));")));
                using (w.Open("for (nint column = 0; column < s.Width; column++)"))
                {
                    w.Line("nint i;");
                    w.Line(body);
                    w.Line(string.Join("\n", tensors.Select((tensor, i) => $"{tensor}P = ref Unsafe.Add(ref {tensor}P, s.{"XY"[i]});")));
                }
            }
            return w.ToString().TrimEnd('\n');
        }
        using (w.Open("for (nint sample = from; sample < to; sample++)"))
        {
            w.Line($"ref float {tensors[0]}At = ref Unsafe.Add(ref {tensors[0]}, sample * s.XSample), {tensors[1]}At = ref Unsafe.Add(ref {tensors[1]}, sample * s.YSample);");
            w.Line(body);
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>
    /// A loop over the terms; vectors that padding is in are masked. Exponentials stand in one loop for all vectors: twice they would be twice
    /// the constants, and too many for the registers.
    /// </summary>
    private static string Terms(bool ofChannels, InstructionSet level, string[] tensors, Func<string?, string> write, bool masksAll = false)
    {
        var w = new SourceWriter();
        if (ofChannels)
        {
            w.Line("i = 0;");
            WriteVectors(w, level, write, masksAll);
            return w.ToString().TrimEnd('\n');
        }
        using (w.Open("for (nint pixel = 0; pixel < s.Pixels; pixel++)"))
        {
            foreach (string tensor in tensors)
                w.Line($"ref float {tensor}P = ref Unsafe.Add(ref {tensor}At, pixel * s.{(tensor == "x" || (tensor == "y" && tensors.Contains("dy")) ? "X" : "Y")});");
            w.Line("nint i = 0;");
            WriteVectors(w, level, write, masksAll);
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Of one pixel.</summary>
    private static void WriteVectors(SourceWriter w, InstructionSet level, Func<string?, string> write, bool masksAll)
    {
        if (!masksAll)
        {
            using (w.Open($"for (; i <= s.Channels - {level.Lanes}; i += {level.Lanes})"))
                w.Line(write(null));
        }
        using (w.Open($"for (; (i & {InstructionSet.Block - 1}) != 0 || i < s.Channels; i += {level.Lanes})"))
            w.Line(write("Vec.LessThan(Lane, Vec.Create((float)(s.Channels - i)))"));
    }

    private static string Load(string tensor) => $"Vec.LoadUnsafe(ref {tensor}P, (nuint)i)";

    private static string Select(string? mask, string value, string otherwise = "V.Zero") => mask is null ? value : $"Vec.ConditionalSelect({mask}, {value}, {otherwise})";
}
