namespace NetGen.Generator.Cpu.Kernels;

/// <summary>Floats between neighbours of a tensor whose channels are side by side. A vector of one pixel is one image row of one pixel.</summary>
/// <param name="Pixel">Between pixels of a row: the channels, padded to 16 where the tensor is written or read as vectors.</param>
/// <param name="Row">Between rows: more than the width's pixels where the tensor has a halo.</param>
/// <param name="Sample">Between samples.</param>
internal readonly record struct PixelSteps(int Pixel, int Row, int Sample);

/// <summary>
/// Rows or columns of a convolution: <c>input = output · Stride + tap · Dilation − Before</c>, where a convolution has strides or a dilation, not both. What lies outside of the input is read as it stands
/// in memory, from a halo of zeros.
/// </summary>
internal readonly record struct WideAxis(int Output, int Kernel, int Input, int Stride = 1, int Before = 0, int Dilation = 1)
{
    /// <summary>No window: one input for one output.</summary>
    public bool IsPlain => Kernel == 1 && Stride == 1 && Before == 0 && Output == Input;

    /// <summary>Inputs before the first and behind the last that a forward reads.</summary>
    public (int Before, int After) Halo => (Before, Math.Max(0, ((Output - 1) * Stride) + ((Kernel - 1) * Dilation) - Before - (Input - 1)));

    /// <summary>Outputs before the first and behind the last that an input gradient reads, over all its phases.</summary>
    public (int Before, int After) GradientHalo
    {
        get
        {
            (int before, int after) = (0, 0);
            for (var phase = 0; phase < Stride; phase++)
            {
                int taps = Taps(phase), first = First(phase), last = Last(phase);
                if (taps == 0 || last < first)
                    continue;
                before = Math.Max(before, ((taps - 1) * Dilation) - first);
                after = Math.Max(after, last - (Output - 1));
            }
            return (before, after);
        }
    }

    /// <summary>Taps that reach inputs of a phase: <c>input + Before = Stride · j + phase</c>.</summary>
    public int Taps(int phase) => (Kernel - phase + Stride - 1) / Stride;

    /// <summary>The first j that is an input.</summary>
    public int First(int phase) => (Before - phase + Stride - 1) / Stride;

    /// <summary>The last j that is an input.</summary>
    public int Last(int phase) => ((Input - 1 + Before - phase + Stride) / Stride) - 1;
}

/// <summary>
/// A convolution, or a linear layer as one of a single pixel. Weights lie in panels of 32 output channels, [out/32][row][column][in][32],
/// that a tile reads as one stream. Up to 16 output channels are one panel 16 wide; the last panel of others is stored 32 wide, with zeros
/// behind the last channel, and computed in 16 columns where these are enough.
/// </summary>
/// <param name="In">Input channels, as many as there are.</param>
/// <param name="Out">Output channels, as many as there are.</param>
internal sealed record WideConvolution(int In, int Out, WideAxis Rows, WideAxis Columns)
{
    /// <summary>A linear layer: samples are its pixels.</summary>
    public static WideConvolution Linear(int inputs, int outputs) => new(inputs, outputs, new(1, 1, 1), new(1, 1, 1));

    /// <summary>For example <c>a 3×3 convolution from 64 to 128 channels, 56×56 to 56×56</c>.</summary>
    public string Description => IsLinear
        ? FormattableString.Invariant($"a linear layer from {In} to {Out}")
        : FormattableString.Invariant($"a {Rows.Kernel}×{Columns.Kernel} convolution from {In} to {Out} channels{(Rows.Dilation * Columns.Dilation == 1 ? "" : $" with dilation {Rows.Dilation}×{Columns.Dilation}")}, {Rows.Input}×{Columns.Input} to {Rows.Output}×{Columns.Output}");

    /// <summary>Floats of all panels.</summary>
    public int WeightFloats => checked(Panels(Out) * PanelFloats);

    /// <summary>Floats of a panel.</summary>
    public int PanelFloats => checked(Rows.Kernel * LineFloats);

    /// <summary>Floats of a kernel row in a panel.</summary>
    public int LineFloats => checked(Columns.Kernel * In * PanelWidth(Out));

    /// <summary>Weights, without padding: multiply-adds of a pixel.</summary>
    public int WeightsOfAPixel => checked(Rows.Kernel * Columns.Kernel * In * Out);

    /// <summary>No window: pixels do not see each other.</summary>
    public bool IsPlain => Rows.IsPlain && Columns.IsPlain;

    /// <summary>The weight's place in the panels.</summary>
    public int WeightPlace(int outChannel, int row, int column, int inChannel) =>
        (outChannel / 32 * PanelFloats) + (((((row * Columns.Kernel) + column) * In) + inChannel) * PanelWidth(Out)) + (outChannel % 32);

    /// <summary>A single pixel, as of a linear layer.</summary>
    public bool IsLinear => this is { IsPlain: true, Rows.Output: 1, Columns.Output: 1 };

    /// <summary>How many panels there are for so many channels.</summary>
    public static int Panels(int channels) => (channels + 31) / 32;

    /// <summary>Columns that a panel is stored in.</summary>
    public static int PanelWidth(int channels) => channels <= 16 ? 16 : 32;

    /// <summary>Channels in memory.</summary>
    public static int Padded(int channels) => (channels + 15) / 16 * 16;
}
