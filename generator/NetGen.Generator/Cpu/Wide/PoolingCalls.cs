using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of poolings and their gradients. Extents are those of rows and columns: input and output.</summary>
internal static class PoolingCalls
{
    /// <summary>(x, y). Pieces are output lines of all samples.</summary>
    public static WideCall MaxPool(int channels, WideAxis rows, WideAxis columns, PixelSteps x, PixelSteps y) =>
        new("MaxPool", Describe.Text("MaxPool", channels, rows, columns), PoolingWindows.Numbers(channels, rows, columns, false, false, ("X", x), ("Y", y)), new WidePieces(1, rows.Output));

    /// <summary>(x, y). Pieces are output lines of all samples.</summary>
    public static WideCall AveragePool(int channels, WideAxis rows, WideAxis columns, PixelSteps x, PixelSteps y) =>
        new(
            "AveragePool", Describe.Text("AveragePool", channels, rows, columns),
            PoolingWindows.Numbers(channels, rows, columns, false, false, ("X", x), ("Y", y)), new WidePieces(1, rows.Output))
        {
            More = [Share(rows, columns)],
        };

    /// <summary>(x, y, dy, dx). Pieces are output lines of all samples where windows are apart, else parts of the channels of each sample.</summary>
    /// <param name="masksByInput">Also the gradient of a ReLU that gave x.</param>
    public static WideCall MaxPoolGradient(
        int channels, WideAxis rows, WideAxis columns, PixelSteps x, PixelSteps y, PixelSteps dy, PixelSteps dx, bool masksByInput)
    {
        bool isApart = rows.Kernel <= rows.Stride && columns.Kernel <= columns.Stride, clears = !Covers(rows) || !Covers(columns);
        WideNumbers numbers = PoolingWindows.Numbers(channels, rows, columns, isApart && clears, masksByInput, ("X", x), ("Y", y), ("DY", dy), ("DX", dx));
        return new(
            isApart ? "MaxPoolGradient" : "MaxPoolGradientOverlapping", Describe.Text("MaxPoolGradient", channels, rows, columns), numbers,
            isApart ? new WidePieces(1, rows.Output) : new WidePieces(PixelWalk.Parts(WideConvolution.Padded(channels)), 1));
    }

    /// <summary>(dy, dx). Pieces are input lines of all samples.</summary>
    public static WideCall AveragePoolGradient(int channels, WideAxis rows, WideAxis columns, PixelSteps dy, PixelSteps dx) =>
        new(
            "AveragePoolGradient", Describe.Text("AveragePoolGradient", channels, rows, columns),
            PoolingWindows.Numbers(channels, rows, columns, false, false, ("DY", dy), ("DX", dx)), new WidePieces(1, rows.Input))
        {
            More = [Share(rows, columns)],
        };

    private static string Share(WideAxis rows, WideAxis columns) => Literal.Of(1f / (rows.Kernel * columns.Kernel));

    /// <summary>Each input is in exactly one window.</summary>
    private static bool Covers(WideAxis axis) => axis.Kernel == axis.Stride && axis.Before == 0 && axis.Output * axis.Stride == axis.Input;
}
