using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>A sum in double precision, and the sum of its terms' sizes, which rounding errors are measured by.</summary>
internal readonly record struct WideSum(double Value, double Size)
{
    public static WideSum operator +(WideSum a, double term) => new(a.Value + term, a.Size + Math.Abs(term));

    public static WideSum operator *(WideSum a, double factor) => new(a.Value * factor, a.Size * Math.Abs(factor));
}

/// <summary>A convolution and its derivatives as plain loops: tensors are functions of an index.</summary>
internal static class WideReference
{
    /// <summary>A value of a pixel's channel; outside of the image it is 0.</summary>
    public delegate double Image(int sample, int row, int column, int channel);

    public delegate double Weight(int outChannel, int row, int column, int inChannel);

    public static WideSum Output(WideConvolution c, Image x, Weight w, int sample, int row, int column, int channel)
    {
        WideSum sum = default;
        foreach ((int kh, int kw) in Taps(c))
        {
            (int h, int v) = (Input(c.Rows, row, kh), Input(c.Columns, column, kw));
            if (!IsInside(c.Rows, h) || !IsInside(c.Columns, v))
                continue;
            for (var i = 0; i < c.In; i++)
                sum += x(sample, h, v, i) * w(channel, kh, kw, i);
        }
        return sum;
    }

    /// <summary>All inputs' gradients, each output's products added where they came from.</summary>
    public static WideSum[,,,] InputGradient(WideConvolution c, Image dy, Weight w, int samples)
    {
        var dx = new WideSum[samples, c.Rows.Input, c.Columns.Input, c.In];
        foreach ((int sample, int row, int column) in Pixels(c, samples))
        {
            foreach ((int kh, int kw) in Taps(c))
            {
                (int h, int v) = (Input(c.Rows, row, kh), Input(c.Columns, column, kw));
                if (!IsInside(c.Rows, h) || !IsInside(c.Columns, v))
                    continue;
                for (var i = 0; i < c.In; i++)
                {
                    for (var o = 0; o < c.Out; o++)
                        dx[sample, h, v, i] += dy(sample, row, column, o) * w(o, kh, kw, i);
                }
            }
        }
        return dx;
    }

    public static WideSum WeightGradient(WideConvolution c, Image x, Image dy, int samples, int channel, int kh, int kw, int inChannel)
    {
        WideSum sum = default;
        foreach ((int sample, int row, int column) in Pixels(c, samples))
        {
            (int h, int v) = (Input(c.Rows, row, kh), Input(c.Columns, column, kw));
            if (IsInside(c.Rows, h) && IsInside(c.Columns, v))
                sum += x(sample, h, v, inChannel) * dy(sample, row, column, channel);
        }
        return sum;
    }

    private static int Input(WideAxis axis, int output, int tap) => (output * axis.Stride) + (tap * axis.Dilation) - axis.Before;

    private static bool IsInside(WideAxis axis, int input) => input >= 0 && input < axis.Input;

    private static IEnumerable<(int Row, int Column)> Taps(WideConvolution c) =>
        from kh in Enumerable.Range(0, c.Rows.Kernel) from kw in Enumerable.Range(0, c.Columns.Kernel) select (kh, kw);

    private static IEnumerable<(int Sample, int Row, int Column)> Pixels(WideConvolution c, int samples) =>
        from sample in Enumerable.Range(0, samples) from row in Enumerable.Range(0, c.Rows.Output) from column in Enumerable.Range(0, c.Columns.Output) select (sample, row, column);
}
