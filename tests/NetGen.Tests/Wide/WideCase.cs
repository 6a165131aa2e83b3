using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>Which of the three readings of a contraction.</summary>
internal enum WideKind
{
    Forward,
    InputGradient,
    WeightGradient,
}

/// <summary>A driver to check, with the memory that it is bound to.</summary>
/// <param name="X">Memory of the input or its gradient.</param>
/// <param name="Y">Memory of the output or its gradient.</param>
/// <param name="Other">Memory of the other tensor; the shape of what is written.</param>
/// <param name="Strip">Lines or pixels of a strip; 0: as the driver chooses.</param>
internal sealed record WideCase(
    WideKind Kind, WideConvolution Convolution, WideMemory X, WideMemory Y, WideMemory Other, WideEpilogue Epilogue, int Samples, int Strip, bool PanelsOuter)
{
    /// <summary>By Winograd's transformations.</summary>
    public bool IsWinograd { get; init; }

    public WideDriver Driver
    {
        get
        {
            WideCut? cut = Strip == 0 ? null : new WideCut(Strip, PanelsOuter);
            WideEpilogue epilogue = Epilogue with { OtherSteps = Epilogue.Other == WideOther.None ? default : Other.Steps };
            return Kind switch
            {
                WideKind.Forward when IsWinograd => WinogradDriver.Write(Target.Output, Convolution, X.Steps, Y.Steps, epilogue),
                WideKind.InputGradient when IsWinograd => WinogradDriver.Write(Target.Input, Convolution, Y.Steps, X.Steps, epilogue),
                WideKind.WeightGradient when IsWinograd => WinogradDriver.Write(Target.Weight, Convolution, X.Steps, Y.Steps, epilogue),
                WideKind.Forward => ForwardDriver.Write(Convolution, X.Steps, Y.Steps, epilogue, cut),
                WideKind.InputGradient => InputGradientDriver.Write(Convolution, Y.Steps, X.Steps, epilogue, cut),
                _ => WeightGradientDriver.Write(Convolution, X.Steps, Y.Steps, epilogue.Adds),
            };
        }
    }

    public override string ToString() =>
        $"{(IsWinograd ? "Winograd " : "")}{Kind} {Convolution.Rows.Kernel}×{Convolution.Columns.Kernel}/{Convolution.Rows.Stride},{Convolution.Columns.Stride} dilation {Convolution.Rows.Dilation},{Convolution.Columns.Dilation} before {Convolution.Rows.Before},{Convolution.Columns.Before} " +
        $"{Convolution.In}→{Convolution.Out} of {Convolution.Rows.Input}×{Convolution.Columns.Input} to {Convolution.Rows.Output}×{Convolution.Columns.Output}, " +
        $"x {X}, y {Y}, {Epilogue}, {Samples} samples, strip {Strip} {(PanelsOuter ? "panels outer" : "")}";
}

/// <summary>How a tensor lies in memory.</summary>
/// <param name="channels">As many as there are.</param>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
/// <param name="pixel">Floats from one pixel to the next.</param>
/// <param name="halo">Rows and columns around the image.</param>
/// <param name="gap">Floats more from one row, and from one sample, to the next.</param>
internal sealed class WideMemory(int channels, int height, int width, int pixel, WideHalo halo, (int Row, int Sample) gap)
{
    public int Channels => channels;

    public int Height => height;

    public int Width => width;

    public int Pixel => pixel;

    public WideHalo Halo => halo;

    /// <summary>Worked out once: tests ask for it with every number that they compare.</summary>
    public PixelSteps Steps { get; } = StepsOf(height, pixel, halo, ((width + halo.Left + halo.Right) * pixel) + gap.Row, gap.Sample);

    /// <summary>The first pixel of the first sample.</summary>
    public int Origin { get; } = (halo.Top * (((width + halo.Left + halo.Right) * pixel) + gap.Row)) + (halo.Left * pixel);

    public int Floats(int samples) => samples * Steps.Sample;

    /// <summary>Where a channel of a pixel is, from the first pixel on.</summary>
    public int Place(int sample, int row, int column, int channel)
    {
        PixelSteps steps = Steps;
        return (sample * steps.Sample) + (row * steps.Row) + (column * steps.Pixel) + channel;
    }

    /// <summary>The same with as many channels.</summary>
    public WideMemory WithChannels(int other) => new(other, height, width, pixel, halo, gap);

    /// <summary>The same with that around it.</summary>
    public WideMemory WithHalo(WideHalo other) => new(channels, height, width, pixel, other, gap);

    public override string ToString() => $"{channels} channels of {height}×{width}, pixels {pixel} apart, {halo} around, {gap} between";

    private static PixelSteps StepsOf(int height, int pixel, WideHalo halo, int row, int gap) => new(pixel, row, ((height + halo.Top + halo.Bottom) * row) + gap);
}
