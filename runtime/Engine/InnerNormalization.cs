using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>
/// Normalises the last dimensions of samples for each place of the others, <c>y = (x − mean)/σ · weight + bias</c>; called by emitted code. Statistics are rows of mean, 1/σ
/// and what either has no room for, with a column for each part of a channel: of few values, next to nothing is left of a gradient.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InnerNormalization
{
    private const int Mean = 0, Inverse = 2;

    /// <summary>Normalises, scales and shifts.</summary>
    /// <param name="x">The images.</param>
    /// <param name="statistics">Where statistics go.</param>
    /// <param name="y">Where what they become goes.</param>
    /// <param name="weight">Of each place of a part.</param>
    /// <param name="bias">The same.</param>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Normalize(PixelTensor x, PixelTensor statistics, PixelTensor y, ref readonly float weight, ref readonly float bias, in NormalizedLines shape, float eps, nint from, nint to) =>
        Normalize(x, statistics, y, Weights(in weight, shape), Weights(in bias, shape), shape, eps, from, to);

    /// <summary>Normalises.</summary>
    /// <param name="x">The images.</param>
    /// <param name="statistics">Where statistics go.</param>
    /// <param name="y">Where what they become goes.</param>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Normalize(PixelTensor x, PixelTensor statistics, PixelTensor y, in NormalizedLines shape, float eps, nint from, nint to) =>
        Normalize(x, statistics, y, [], [], shape, eps, from, to);

    /// <summary>The gradient of x, through the statistics.</summary>
    /// <param name="x">The images.</param>
    /// <param name="dy">The gradients of what they become.</param>
    /// <param name="statistics">Statistics of the images.</param>
    /// <param name="dx">The gradients of x. What was there is lost.</param>
    /// <param name="weight">Of each place of a part.</param>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void InputGradient(PixelTensor x, PixelTensor dy, PixelTensor statistics, PixelTensor dx, ref readonly float weight, in NormalizedLines shape, nint from, nint to) =>
        InputGradient(x, dy, statistics, dx, Weights(in weight, shape), shape, from, to);

    /// <summary>The gradient of x where there are no weights.</summary>
    /// <param name="x">The images.</param>
    /// <param name="dy">The gradients of what they become.</param>
    /// <param name="statistics">Statistics of the images.</param>
    /// <param name="dx">The gradients of x. What was there is lost.</param>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void InputGradient(PixelTensor x, PixelTensor dy, PixelTensor statistics, PixelTensor dx, in NormalizedLines shape, nint from, nint to) =>
        InputGradient(x, dy, statistics, dx, [], shape, from, to);

    /// <summary>The gradients of weights and biases, of some places of a part.</summary>
    /// <param name="x">The images.</param>
    /// <param name="dy">The gradients of what they become.</param>
    /// <param name="statistics">Statistics of the images.</param>
    /// <param name="dweight">Where the weights' gradients go.</param>
    /// <param name="dbias">Where the biases' gradients go.</param>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="samples">Samples.</param>
    /// <param name="from">First place.</param>
    /// <param name="to">Past the last place.</param>
    public static void ParameterGradient(
        PixelTensor x, PixelTensor dy, PixelTensor statistics, ref float dweight, ref float dbias, in NormalizedLines shape, int samples, int from, int to)
    {
        for (int place = from; place < to; place++)
        {
            (int line, int column) = Math.DivRem(place, shape.Columns);
            double scale = 0, shift = 0;
            for (nint n = 0; n < samples; n++)
            {
                for (var part = 0; part < shape.Parts; part++)
                {
                    nint row = ((nint)part * shape.Lines) + line;
                    for (nint c = 0; c < shape.Padded; c += Vector<float>.Count)
                    {
                        DoubleLanes gradient = DoubleLanes.Of(Own(Vector.LoadUnsafe(ref dy.At(n, row, column), (nuint)c), c, shape.Channels));
                        DoubleLanes normal = (Load(x, n, row, column, c) - Statistic(statistics, n, Mean, part, c)) * Statistic(statistics, n, Inverse, part, c);
                        scale += (gradient * normal).Sum();
                        shift += gradient.Sum();
                    }
                }
            }
            nint at = ((nint)line * shape.WeightsOfLine) + column;
            Unsafe.Add(ref dweight, at) = (float)scale;
            Unsafe.Add(ref dbias, at) = (float)shift;
        }
    }

    private static void Normalize(
        PixelTensor x, PixelTensor statistics, PixelTensor y, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in NormalizedLines shape, double eps, nint from, nint to)
    {
        double share = 1.0 / shape.Places;
        for (nint n = from; n < to; n++)
        {
            for (var part = 0; part < shape.Parts; part++)
            {
                for (nint c = 0; c < shape.Padded; c += Vector<float>.Count)
                {
                    DoubleLanes mean = default, variance = default;
                    for (var place = 0; place < shape.Places; place++)
                    {
                        (nint row, nint column, _) = Of(place, part, shape);
                        mean += Load(x, n, row, column, c);
                    }
                    mean *= share;
                    for (var place = 0; place < shape.Places; place++)
                    {
                        (nint row, nint column, _) = Of(place, part, shape);
                        DoubleLanes difference = Load(x, n, row, column, c) - mean;
                        variance += difference * difference;
                    }
                    DoubleLanes inverse = (variance * share).InverseRoot(eps);
                    Store(mean, statistics, n, Mean, part, c);
                    Store(inverse, statistics, n, Inverse, part, c);
                    for (var place = 0; place < shape.Places; place++)
                    {
                        (nint row, nint column, int at) = Of(place, part, shape);
                        Vector<float> normal = ((Load(x, n, row, column, c) - mean) * inverse).ToSingle();
                        Own(weight.IsEmpty ? normal : (normal * weight[at]) + new Vector<float>(bias[at]), c, shape.Channels).StoreUnsafe(ref y.At(n, row, column), (nuint)c);
                    }
                }
            }
        }
    }

    private static void InputGradient(
        PixelTensor x, PixelTensor dy, PixelTensor statistics, PixelTensor dx, ReadOnlySpan<float> weight, in NormalizedLines shape, nint from, nint to)
    {
        double share = 1.0 / shape.Places;
        for (nint n = from; n < to; n++)
        {
            for (var part = 0; part < shape.Parts; part++)
            {
                for (nint c = 0; c < shape.Padded; c += Vector<float>.Count)
                {
                    DoubleLanes mean = Statistic(statistics, n, Mean, part, c), inverse = Statistic(statistics, n, Inverse, part, c), shared = default, along = default;
                    for (var place = 0; place < shape.Places; place++)
                    {
                        (nint row, nint column, int at) = Of(place, part, shape);
                        DoubleLanes gradient = Load(dy, n, row, column, c) * (weight.IsEmpty ? 1 : weight[at]);
                        shared += gradient;
                        along += gradient * ((Load(x, n, row, column, c) - mean) * inverse);
                    }
                    (shared, along) = (shared * share, along * share);
                    for (var place = 0; place < shape.Places; place++)
                    {
                        (nint row, nint column, int at) = Of(place, part, shape);
                        DoubleLanes gradient = Load(dy, n, row, column, c) * (weight.IsEmpty ? 1 : weight[at]), normal = (Load(x, n, row, column, c) - mean) * inverse;
                        Own(((gradient - shared - (normal * along)) * inverse).ToSingle(), c, shape.Channels).StoreUnsafe(ref dx.At(n, row, column), (nuint)c);
                    }
                }
            }
        }
    }

    /// <summary>The line and the column of a place, and where its weight lies.</summary>
    private static (nint Row, nint Column, int Weight) Of(int place, int part, in NormalizedLines shape)
    {
        (int line, int column) = Math.DivRem(place, shape.Columns);
        return (((nint)part * shape.Lines) + line, column, (line * shape.WeightsOfLine) + column);
    }

    private static ReadOnlySpan<float> Weights(ref readonly float first, in NormalizedLines shape) => MemoryMarshal.CreateReadOnlySpan(in first, shape.Lines * shape.WeightsOfLine);

    private static DoubleLanes Load(PixelTensor tensor, nint n, nint row, nint column, nint channel) => DoubleLanes.Of(Vector.LoadUnsafe(ref tensor.At(n, row, column), (nuint)channel));

    /// <summary>A statistic, in two rows.</summary>
    private static DoubleLanes Statistic(PixelTensor statistics, nint n, nint row, nint part, nint channel) => Load(statistics, n, row, part, channel) + Load(statistics, n, row + 1, part, channel);

    private static void Store(DoubleLanes statistic, PixelTensor statistics, nint n, nint row, nint part, nint channel)
    {
        Vector<float> rounded = statistic.ToSingle();
        rounded.StoreUnsafe(ref statistics.At(n, row, part), (nuint)channel);
        (statistic - DoubleLanes.Of(rounded)).ToSingle().StoreUnsafe(ref statistics.At(n, row + 1, part), (nuint)channel);
    }

    /// <summary>Zeros behind the last channel.</summary>
    private static Vector<float> Own(Vector<float> values, nint channel, int channels) => channel + Vector<float>.Count <= channels ? values
        : Vector.ConditionalSelect(Vector.LessThan(Vector<int>.Indices + new Vector<int>((int)channel), new Vector<int>(channels)), values, Vector<float>.Zero);
}
