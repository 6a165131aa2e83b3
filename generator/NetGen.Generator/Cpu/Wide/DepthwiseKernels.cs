using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods for convolutions of each channel by itself. They walk along a line in tiles of pixels, and in a tile through all channels, which memory
/// has side by side.
/// </summary>
internal static class DepthwiseKernels
{
    /// <summary>Numbers of the methods.</summary>
    private const string Struct = """
        /// <summary>A convolution of each channel by itself, in floats.</summary>
        internal struct Channelwise
        {
            /// <summary>Channels in memory, and those of a piece where pieces are parts of the channels.</summary>
            public nint Channels, Part;

            /// <summary>Lines of an image, and pixels of a line.</summary>
            public nint Height, Width;

            /// <summary>Kernel rows and columns, and from tap to tap, and row to row, in the tensor that they meet.</summary>
            public nint Lines, Taps, TapRow, Tap;

            /// <summary>The same in the weights, and the first of them that is met.</summary>
            public nint WRow, W, WStart;

            /// <summary>From pixel to pixel, line to line and sample to sample in what is read, and where the first pixel's window starts.</summary>
            public nint X, XRow, XSample, Start;

            /// <summary>From pixel to pixel, line to line and sample to sample in what is written (of a weight gradient: in dy).</summary>
            public nint Y, YRow, YSample;

            /// <summary>The same of the other tensor.</summary>
            public nint O, ORow, OSample;

            /// <summary>Of an input gradient by phases: strides, and what is before the image.</summary>
            public nint StrideHeight, StrideWidth, Top, Left;

            /// <summary>1: start from the bias. 2: add what is there. 4: add the other tensor. 8: nothing below the lowest value. 16: zero where the other is not above 0.</summary>
            public nint Flags;
        }
        """;

    private const string Gradient = "DepthwiseInputGradient";

    /// <summary>Columns of kernels that have methods of their own; 0: any, one after the other.</summary>
    private static readonly int[] Forms = [3, 5, 0];

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        .. Forms.Select(taps => new SharedKernel(
            "Depthwise" + DepthwiseTile.Form(taps), $"A convolution of each channel by itself, the kernel of {DepthwiseTile.Columns(taps)}.", ["x", "w", "y", "bias", "other"], "in Wide.Channelwise s, float lowest",
            Struct, _ => Lines(taps))
        {
            Helpers = level => DepthwiseTile.Write(level, taps),
        }),
        new SharedKernel(
            Gradient, "The input gradient of a convolution with strides of each channel by itself: inputs that are a stride apart meet the same taps.",
            ["dy", "w", "dx", "bias", "other"], "in Wide.Channelwise s", Struct, _ => Phases)
        {
            Helpers = level => DepthwiseTile.Write(level, 0),
        },
        .. Forms.Select(taps => new SharedKernel(
            "DepthwiseWeightGradient" + DepthwiseTile.Form(taps), $"The weight gradient of a convolution of each channel by itself, the kernel of {DepthwiseTile.Columns(taps)}.", ["x", "dy", "dw"],
            "in Wide.Channelwise s", Struct, level => WeightGradient(level, taps))
        {
            Helpers = level => [DepthwiseSums.Write(level, taps)],
        }),
    ];

    /// <summary>Pieces are lines of all samples.</summary>
    private static string Lines(int taps) => $$"""
        for (nint line = from; line < to; line++)
        {
            nint sample = line / s.Height, row = line - (sample * s.Height);
            {{DepthwiseTile.Line(taps)}}(
                ref Unsafe.Add(ref x, (sample * s.XSample) + (row * s.XRow) + s.Start), ref Unsafe.Add(ref w, s.WStart), ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow)), ref bias,
                ref Unsafe.Add(ref other, (sample * s.OSample) + (row * s.ORow)), lowest, s.Width, in s);
        }
        """;

    /// <summary>
    /// Pieces are lines of all samples. A line's rows of taps are alike, and of its pixels those that are a stride apart: input + before = stride · j + phase
    /// meets tap = phase + stride · i of output j − i.
    /// </summary>
    private static string Phases => $$"""
        Wide.Channelwise t = s;
        t.W = -s.W * s.StrideWidth;
        t.WRow = -s.WRow * s.StrideHeight;
        t.Y = s.Y * s.StrideWidth;
        t.O = s.O * s.StrideWidth;
        for (nint line = from; line < to; line++)
        {
            nint sample = line / s.Height, row = line - (sample * s.Height);
            nint j = (row + s.Top) / s.StrideHeight, a = row + s.Top - (j * s.StrideHeight);
            t.Lines = (s.Lines - a + s.StrideHeight - 1) / s.StrideHeight;
            for (nint b = 0; b < s.StrideWidth; b++)
            {
                nint i = (s.Left - b + s.StrideWidth - 1) / s.StrideWidth, column = (i * s.StrideWidth) + b - s.Left;
                nint pixels = (s.Width - column + s.StrideWidth - 1) / s.StrideWidth;
                t.Taps = (s.Taps - b + s.StrideWidth - 1) / s.StrideWidth;
                nint last = ((a + ((t.Lines - 1) * s.StrideHeight)) * s.WRow) + ((b + ((t.Taps - 1) * s.StrideWidth)) * s.W);
                {{DepthwiseTile.Line(0)}}(
                    ref Unsafe.Add(ref dy, (sample * s.XSample) + ((j - t.Lines + 1) * s.XRow) + ((i - t.Taps + 1) * s.X)), ref Unsafe.Add(ref w, last),
                    ref Unsafe.Add(ref dx, (sample * s.YSample) + (row * s.YRow) + (column * s.Y)), ref bias, ref Unsafe.Add(ref other, (sample * s.OSample) + (row * s.ORow) + (column * s.O)),
                    float.NegativeInfinity, pixels, in t);
            }
        }
        """;

    /// <summary>Pieces are parts of the channels: each is summed over all samples, a line at a time, so that no chain of additions is long.</summary>
    private static string WeightGradient(InstructionSet level, int taps) => $$"""
        for (nint piece = from; piece < to; piece++)
        {
            nint first = piece * s.Part, channels = Math.Min(s.Part, s.Channels - first);
            for (nint kh = 0; kh < s.Lines; kh++)
            {
                for (nint kw = 0; kw < s.Taps; kw++)
                {
                    for (nint c = 0; c < channels; c += {{level.Lanes}})
                        V.Zero.StoreUnsafe(ref dw, (nuint)((kh * s.WRow) + (kw * s.W) + first + c));
                }
            }
            for (nint sample = 0; sample < samples; sample++)
            {
                for (nint row = 0; row < s.Height; row++)
                {
                    ref float dyAt = ref Unsafe.Add(ref dy, (sample * s.YSample) + (row * s.YRow) + first);
                    for (nint kh = 0; kh < s.Lines; kh++)
                    {
                        ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (row * s.XRow) + (kh * s.TapRow) + s.Start + first);
                        {{(taps > 0
                            ? $"{DepthwiseSums.Name(taps)}(ref xAt, ref dyAt, ref Unsafe.Add(ref dw, (kh * s.WRow) + first), channels, in s);"
                            : $"for (nint kw = 0; kw < s.Taps; kw++)\n                    {DepthwiseSums.Name(taps)}(ref Unsafe.Add(ref xAt, kw * s.Tap), ref dyAt, ref Unsafe.Add(ref dw, (kh * s.WRow) + (kw * s.W) + first), channels, in s);")}}
                    }
                }
            }
        }
        """;
}
