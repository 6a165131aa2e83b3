using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of depthwise convolutions.</summary>
internal static class DepthwiseCalls
{
    /// <summary>(x, w, y, bias, other) or (dy, w, dx, bias, other), pieces being lines of what is written; a weight gradient: (x, dy, dw), pieces being parts of the channels.</summary>
    public static WideCall Of(DepthwiseContraction c)
    {
        int channels = WideConvolution.Padded(c.Channels);
        return c.Target switch
        {
            Target.Output => Forward(c, channels),
            Target.Weight => WeightGradient(c, channels),
            _ when c.Rows.Stride == 1 && c.Columns.Stride == 1 => Turned(c, channels),
            _ => Phased(c, channels),
        };
    }

    private static WideCall Forward(DepthwiseContraction c, int channels) => new(
        "Depthwise" + Form(c.Columns), c.Summary + ".",
        new("Channelwise",
        [
            .. Extents(channels, c.Rows.Output, c.Columns.Output), .. Taps(c), ("W", channels), ("WRow", c.Columns.Kernel * channels),
            ("Start", -(c.Rows.Before * c.X.Row) - (c.Columns.Before * c.X.Pixel)),
            .. Steps(c, c.X), .. Read(c.X, c.Columns.Stride, c.Rows.Stride), .. Written(c.Y, c.Epilogue),
        ]),
        new WidePieces(1, c.Rows.Output))
    {
        More = c.Epilogue.HasLowest ? [] : ["float.NegativeInfinity"],
        HasFloor = c.Epilogue.HasLowest,
    };

    /// <summary>Without strides an input gradient is a forward over taps in reversed order.</summary>
    private static WideCall Turned(DepthwiseContraction c, int channels) => new(
        "Depthwise" + Form(c.Columns), "Input gradient of a " + c.Summary + ".",
        new("Channelwise",
        [
            .. Extents(channels, c.Rows.Input, c.Columns.Input), .. Taps(c), ("W", -channels), ("WRow", -c.Columns.Kernel * channels),
            ("WStart", ((c.Rows.Kernel * c.Columns.Kernel) - 1) * channels),
            ("Start", ((c.Rows.Before - ((c.Rows.Kernel - 1) * c.Rows.Dilation)) * c.Y.Row) + ((c.Columns.Before - ((c.Columns.Kernel - 1) * c.Columns.Dilation)) * c.Y.Pixel)),
            .. Steps(c, c.Y), .. Read(c.Y, 1, 1), .. Written(c.X, c.Epilogue),
        ]),
        new WidePieces(1, c.Rows.Input))
    {
        More = ["float.NegativeInfinity"],
    };

    /// <summary>With strides it goes by phases: inputs that are a stride apart meet the same taps.</summary>
    private static WideCall Phased(DepthwiseContraction c, int channels) => new(
        "DepthwiseInputGradient", "Input gradient of a " + c.Summary + ".",
        new("Channelwise",
        [
            .. Extents(channels, c.Rows.Input, c.Columns.Input), .. Taps(c), ("W", channels), ("WRow", c.Columns.Kernel * channels),
            ("StrideHeight", c.Rows.Stride), ("StrideWidth", c.Columns.Stride), ("Top", c.Rows.Before), ("Left", c.Columns.Before),
            .. Steps(c, c.Y), .. Read(c.Y, 1, 1), .. Written(c.X, c.Epilogue),
        ]),
        new WidePieces(1, c.Rows.Input));

    private static WideCall WeightGradient(DepthwiseContraction c, int channels) => new(
        "DepthwiseWeightGradient" + Form(c.Columns), "Weight gradient of a " + c.Summary + ".",
        new("Channelwise",
        [
            .. Extents(channels, c.Rows.Output, c.Columns.Output), ("Part", PixelWalk.Part(channels)), .. Taps(c), ("W", channels), ("WRow", c.Columns.Kernel * channels),
            ("Start", -(c.Rows.Before * c.X.Row) - (c.Columns.Before * c.X.Pixel)),
            .. Steps(c, c.X), .. Read(c.X, c.Columns.Stride, c.Rows.Stride), .. Written(c.Y, new()),
        ]),
        new WidePieces(PixelWalk.Parts(channels), 1, PerSample: false));

    /// <summary>Kernels of three and five columns without strides and dilation keep what neighbouring outputs share in registers.</summary>
    private static string Form(WideAxis columns) => columns is { Stride: 1, Dilation: 1, Kernel: 3 or 5 } ? Text.Literal.Of(columns.Kernel) : "";

    private static (string Name, int Value)[] Extents(int channels, int height, int width) => [("Channels", channels), ("Height", height), ("Width", width)];

    private static (string Name, int Value)[] Taps(DepthwiseContraction c) => [("Lines", c.Rows.Kernel), ("Taps", c.Columns.Kernel)];

    /// <summary>From tap to tap in what is read.</summary>
    private static (string Name, int Value)[] Steps(DepthwiseContraction c, PixelSteps s) => [("Tap", c.Columns.Dilation * s.Pixel), ("TapRow", c.Rows.Dilation * s.Row)];

    private static (string Name, int Value)[] Read(PixelSteps s, int stride, int lineStride) => [("X", stride * s.Pixel), ("XRow", lineStride * s.Row), ("XSample", s.Sample)];

    private static (string Name, int Value)[] Written(PixelSteps s, WideEpilogue e) =>
    [
        ("Y", s.Pixel), ("YRow", s.Row), ("YSample", s.Sample), ("O", e.OtherSteps.Pixel), ("ORow", e.OtherSteps.Row), ("OSample", e.OtherSteps.Sample),
        ("Flags", e.Flags),
    ];
}
