using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>How everything but products is bound in a network with wide layers: to kernels that all networks of a project share.</summary>
internal static class PixelBinder
{
    public static void Bind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case ChannelSum s:
                pass.Add(s, new PixelSums(pass.Pixels(s.Y), pass.PixelSteps(s.Y)), pass.Read(s.Y), pass.Write(s.Sum));
                break;
            case Pooling p:
                pass.Add(
                    p, new PixelPooling(p.Kind == PoolingKind.Max, p.Window.In, Rows(p.Window), Columns(p.Window), pass.PixelSteps(p.X), pass.PixelSteps(p.Y)) { Uneven = p.Uneven },
                    pass.Read(p.X), pass.Write(p.Y));
                break;
            case PoolingGradient p:
                bool isMax = p.Kind == PoolingKind.Max;
                Argument[] values = isMax ? [pass.Read(p.X), pass.Read(p.Y)] : [];
                pass.Add(
                    p,
                    new PixelPoolingGradient(
                        isMax, p.MasksByInput, p.Window.In, Rows(p.Window), Columns(p.Window),
                        isMax ? pass.PixelSteps(p.X) : default, isMax ? pass.PixelSteps(p.Y) : default, pass.PixelSteps(p.DY), pass.PixelSteps(p.DX))
                    {
                        Uneven = p.Uneven,
                    },
                    [.. values, pass.Read(p.DY), pass.Write(p.DX)]);
                break;
            case Softmax s:
                pass.Add(s, new PixelSoftmax(s.IsLog, false, pass.Pixels(s.X), pass.PixelSteps(s.X), pass.PixelSteps(s.Y), s.IsPerPixel), pass.Read(s.X), pass.Write(s.Y));
                break;
            case SoftmaxGradient s:
                pass.InPlace(s, s.DY, s.DX, new PixelSoftmax(s.IsLog, true, pass.Pixels(s.Y), pass.PixelSteps(s.Y), pass.PixelSteps(s.DX), s.IsPerPixel), pass.Read(s.Y));
                break;
            case BatchStatistics b:
                pass.Add(
                    b, pass.Norm(NormalizationPart.BatchStatistics, b.X, b.X) with { Eps = b.Eps, Momentum = b.Momentum },
                    pass.Read(b.X), pass.Update(b.RunningMean), pass.Update(b.RunningVariance), pass.Write(b.Statistics));
                break;
            case RunningStatistics r:
                pass.Add(
                    r, new PixelNormalization(NormalizationPart.RunningStatistics, Values(pass.Shape(r.Statistics)), Eps: r.Eps),
                    pass.Read(r.RunningMean), pass.Read(r.RunningVariance), pass.Write(r.Statistics));
                break;
            case Normalize n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.Normalize, n.X, n.X, result: n.Y),
                    pass.Read(n.X), pass.Read(n.Weight), pass.Read(n.Bias), pass.Read(n.Statistics), pass.Write(n.Y));
                break;
            case NormalizeParameterGradient n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.ParameterGradient, n.X, n.X, n.DY),
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Statistics), pass.Write(n.DWeight), pass.Write(n.DBias), pass.Write(n.Sums));
                break;
            case NormalizeInputGradient { Sums: >= 0 } n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.InputGradient, n.X, n.X, n.DY, n.DX),
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Weight), pass.Read(n.Statistics), pass.Read(n.Sums), pass.Write(n.DX));
                break;
            case NormalizeInputGradient n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.InputGradientRunning, n.X, -1, n.DY, n.DX), pass.Read(n.DY), pass.Read(n.Weight), pass.Read(n.Statistics), pass.Write(n.DX));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation.GetType().Name, null);
        }
    }

    public static PixelSteps PixelSteps(this PassBinder pass, int value) => pass.StepsOf(value).Pixels;

    /// <summary>The image that a value is in memory, whatever it is seen as.</summary>
    public static PixelShape Pixels(this PassBinder pass, int value)
    {
        TensorShape shape = pass.Shape(pass.Program.Root(value));
        return new PixelShape(shape.Channels, shape.Height, shape.Width);
    }

    private static PixelNormalization Norm(this PassBinder pass, NormalizationPart part, int alike, int x = -1, int dy = -1, int result = -1)
    {
        TensorShape shape = pass.Shape(alike);
        PixelShape values = Values(shape);
        PixelSteps Of(int value) => value < 0 ? default
            : shape.IsFlat ? new PixelSteps(values.Channels, values.Channels, pass.StepsOf(value).Sample)
            : pass.PixelSteps(value);
        return new PixelNormalization(part, shape.IsFlat ? values : new PixelShape(shape.Channels, shape.Height, shape.Width), Of(x), Of(dy), Of(result));
    }

    /// <summary>What statistics there are for: channels, or the features of a flat shape one by one as they lie in memory.</summary>
    private static PixelShape Values(TensorShape shape) => new(shape.IsFlat ? WeightLayouts.PerChannel(shape).Floats : shape.Channels, 1, 1);

    private static WideAxis Rows(Window window) => WideShapes.Axis(window.Axes[0]);

    private static WideAxis Columns(Window window) => WideShapes.Axis(window.Axes[1]);
}
