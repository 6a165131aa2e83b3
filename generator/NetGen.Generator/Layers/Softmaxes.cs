using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Softmax and its logarithm over all features of a vector, which may be a flattened image.</summary>
internal static class Softmaxes
{
    public static Activation Forward(PassBuilder pass, Activation x, bool isLog)
    {
        Activation y = pass.NewValues(x);
        pass.Emit(Make(pass, x, isLog, "Forward", $"{pass.Layer}: exponentials over their sum{(isLog ? ", as logarithms" : "")}."), x.Value, y.Value);
        return y;
    }

    public static void Gradient(PassBuilder pass, Activation x, Activation y, bool isLog) =>
        pass.Emit(
            Make(pass, x, isLog, "Gradient", $"{pass.Layer}: the gradient less what all terms share, in place.") with { IsGradient = true },
            y.Value, y.Gradient);

    private static SoftmaxOperation Make(PassBuilder pass, Activation x, bool isLog, string purpose, string summary)
    {
        TensorShape s = x.Shape;
        Steps steps = pass.StepsOf(s);
        (TermAxis outer, TermAxis inner) = pass.SamplesAreLanes
            ? (new TermAxis(1, 0), new TermAxis(s.Size, PassBuilder.Block))
            : (new TermAxis(s.Area, steps.Column), new TermAxis(s.Channels, 1));
        return new SoftmaxOperation(pass.Name(purpose), summary, isLog, false, outer, inner, pass.SamplesAreLanes, steps.Sample);
    }
}
