namespace NetGen.Generator.Cpu.Wide;

/// <summary>Words for comments over drivers.</summary>
internal static class Describe
{
    /// <summary>For example <c>a 3×3 convolution from 64 to 128 channels, 56×56 to 56×56</c>.</summary>
    public static string Text(WideConvolution c) => c is { IsPlain: true, Rows.Output: 1, Columns.Output: 1 }
        ? $"a linear layer from {c.In} to {c.Out}"
        : $"a {c.Rows.Kernel}×{c.Columns.Kernel} convolution from {c.In} to {c.Out} channels, {c.Rows.Input}×{c.Columns.Input} to {c.Rows.Output}×{c.Columns.Output}";

    /// <summary>For example <c>ReLU of 64×56×56</c>.</summary>
    public static string Text(string what, int channels, int height, int width) =>
        $"{what} of {channels}{(height * width == 1 ? "" : $"×{height}×{width}")}";

    /// <summary>For example <c>MaxPool 3×3 of 64×56×56 to 28×28</c>.</summary>
    public static string Text(string what, int channels, WideAxis rows, WideAxis columns) =>
        $"{what} {rows.Kernel}×{columns.Kernel} of {channels}×{rows.Input}×{columns.Input} to {rows.Output}×{columns.Output}";
}
