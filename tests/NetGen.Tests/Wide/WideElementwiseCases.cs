using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Wide;

/// <summary>Value by value: functions, their gradients, sums and dropout.</summary>
internal static class WideElementwiseCases
{
    private static readonly (ElementwiseFunction Function, WideAccess Access, Func<double, double, double> Value)[] Functions =
    [
        (ElementwiseFunction.Copy, WideAccess.Write, (x, _) => x),
        (ElementwiseFunction.Add, WideAccess.Update, (x, y) => x + y),
        (ElementwiseFunction.Multiply, WideAccess.Update, (x, y) => x * y),
        .. Both(Function.ReLU, new ReLULayer()),
        .. Both(Function.Sigmoid, new SigmoidLayer()),
        .. Both(Function.Tanh, new TanhLayer()),
        .. Both(new(FunctionKind.ReLU6), new ReLU6Layer()),
        .. Both(new(FunctionKind.LeakyReLU, [0.3]), new LeakyReLULayer(0.3)),
        .. Both(new(FunctionKind.ELU, [0.7]), new ELULayer(0.7)),
        .. Both(new(FunctionKind.Hardsigmoid), new HardsigmoidLayer()),
        .. Both(new(FunctionKind.Hardswish), new HardswishLayer()),
        .. Both(new(FunctionKind.SiLU), new SiLULayer()),
        .. Both(new(FunctionKind.GELU), new GELULayer()),
        .. Both(new(FunctionKind.GELUTanh), new GELULayer(Approximate: true)),
        .. Both(new(FunctionKind.Softplus, [2, 1.5]), new SoftplusLayer(2, 1.5)),
        .. Both(new(FunctionKind.Mish), new MishLayer()),
        .. Both(new(FunctionKind.Scale, [-1.5]), new ScaleLayer(-1.5)),
    ];

    /// <summary>A function and its gradient.</summary>
    private static IEnumerable<(ElementwiseFunction Function, WideAccess Access, Func<double, double, double> Value)> Both(Function function, ElementwiseLayer layer)
    {
        yield return (ElementwiseFunction.Of(function), WideAccess.Write, (x, _) => layer.Forward(One(x))[0]);
        bool byOutput = function.Derivative == DerivativeSource.Output;
        yield return (
            ElementwiseFunction.GradientOf(function), WideAccess.Update,
            (stored, dy) => dy * (byOutput ? ByOutput(function.Kind, function.Numbers, stored) : layer.Backward(One(stored), layer.Forward(One(stored)), [1])[0]));
    }

    /// <summary>Of derivatives that the output tells, what it tells.</summary>
    private static double ByOutput(FunctionKind kind, IReadOnlyList<double> numbers, double y) => kind switch
    {
        FunctionKind.ReLU => y > 0 ? 1 : 0,
        FunctionKind.ReLU6 => y is > 0 and < 6 ? 1 : 0,
        FunctionKind.LeakyReLU => y > 0 ? 1 : numbers[0],
        FunctionKind.Sigmoid => y * (1 - y),
        FunctionKind.Tanh => 1 - (y * y),
        FunctionKind.Hardsigmoid => y is > 0 and < 1 ? 1.0 / 6 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static LayerCall One(double x) => new([1], [1], [], [x], 1, false);

    /// <summary>How many methods there are.</summary>
    public static int Count => Functions.Length + 4;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (int height, int width) = (draw.Extent(), draw.Extent());
        WideMemory first = draw.Memory(height, width), second = draw.Memory(height, width);
        if (method >= Functions.Length)
            return Dropout(draw, height, width, first, second, isGradient: method % 2 != Functions.Length % 2, isPerChannel: method > Functions.Length + 1);
        (ElementwiseFunction function, WideAccess access, Func<double, double, double> value) = Functions[method];
        bool isGradient = access == WideAccess.Update && method > 2, isAlone = function.Name == "ScaleGradient";
        return new(
            ElementwiseCalls.Of(function, draw.Channels, height, width, first.Steps, second.Steps), draw.Samples,
            isAlone ? [draw.Image(second, access)] : [draw.Image(first, WideAccess.Read, r => isGradient ? WideDraw.FewNumbers(r) : WideDraw.Number(r) * (r.Next(8) == 0 ? 20 : 2)), draw.Image(second, access)],
            before => (_, n, r, q, k) =>
            {
                double expected = isAlone ? value(0, before(0, n, r, q, k)) : value(before(0, n, r, q, k), access == WideAccess.Update ? before(1, n, r, q, k) : 0);
                return new(expected, Math.Abs(expected) + Rounded(function, isGradient && !isAlone ? before(1, n, r, q, k) : 1));
            });
    }

    /// <summary>
    /// What is rounded besides the result: sums of derivatives that cancel, and, of GELU by tanh, what is under an exponential, as often as it is large.
    /// </summary>
    private static double Rounded(ElementwiseFunction function, double gradient) => function.Name switch
    {
        "GELUTanh" => 0.1,
        "HardswishGradient" or "SiLUGradient" or "GELUGradient" or "GELUTanhGradient" or "MishGradient" => Math.Abs(gradient),
        _ => 0,
    };

    private static WideCallCase Dropout(WideDraw draw, int height, int width, WideMemory x, WideMemory y, bool isGradient, bool isPerChannel)
    {
        double probability = draw.Random.Next(0, 10) / 10.0;
        int salt = draw.Random.Next(100), firstSample = draw.Random.Next(2) * 1000, floats = (isPerChannel ? 1 : height * width) * WideConvolution.Padded(draw.Channels);
        var seed = (uint)draw.Random.Next();
        WideExpected Reference(WideValue before) => (_, n, r, q, k) =>
        {
            uint place = unchecked(((uint)(firstSample + n) * (uint)floats) + (uint)(((isPerChannel ? 0 : (r * width) + q) * WideConvolution.Padded(draw.Channels)) + k));
            double expected = IsKept(place, seed, salt, probability) ? before(0, n, r, q, k) / (1 - probability) : 0;
            return new(expected, Math.Abs(expected));
        };
        var dropout = new PixelDropout(isGradient, new PixelShape(draw.Channels, height, width), x.Steps, isGradient ? x.Steps : y.Steps, probability, salt, isPerChannel);
        return new(
            DropoutCalls.Of(dropout), draw.Samples,
            isGradient ? [draw.Image(x, WideAccess.Update)] : [draw.Image(x, WideAccess.Read), draw.Image(y, WideAccess.Write)], Reference, seed, firstSample);
    }

    /// <summary>Wellons' lowbias32 of place and key, against the probability.</summary>
    private static bool IsKept(uint place, uint seed, int salt, double probability)
    {
        unchecked
        {
            uint h = (place * 0x9E3779B1u) ^ ((seed + (uint)salt) * 0x9E3779B1u);
            h = (h ^ (h >> 16)) * 0x7FEB352Du;
            h = (h ^ (h >> 15)) * 0x846CA68Bu;
            h ^= h >> 16;
            return h >= probability * 4294967296.0 - 1;
        }
    }
}
