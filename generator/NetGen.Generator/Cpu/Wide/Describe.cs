using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Words for comments over calls.</summary>
internal static class Describe
{
    /// <summary>For example <c>ReLU of 64×56×56</c>.</summary>
    public static string Text(string what, int channels, int height, int width) =>
        $"{what} of {channels}{(height * width == 1 ? "" : $"×{height}×{width}")}";

    /// <summary>For example <c>MaxPool 3×3 of 64×56×56 to 28×28</c>.</summary>
    public static string Text(string what, int channels, WideAxis rows, WideAxis columns) =>
        $"{what} {rows.Kernel}×{columns.Kernel} of {channels}×{rows.Input}×{columns.Input} to {rows.Output}×{columns.Output}";
}
