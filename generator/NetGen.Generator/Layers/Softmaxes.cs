using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Softmax and its logarithm over dimension 1: the channels of each pixel of an image, all features of a vector.</summary>
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
        (TermAxis places, TermAxis outer, TermAxis inner) = (s.IsFlat, pass.SamplesAreLanes) switch
        {
            (true, true) => (new TermAxis(1, 0), new TermAxis(1, 0), new TermAxis(s.Size, PassBuilder.Block)),
            (false, true) => (new TermAxis(s.Area, PassBuilder.Block), new TermAxis(1, 0), new TermAxis(s.Channels, steps.Channel)),
            (true, false) => (new TermAxis(1, 0), new TermAxis(s.Area, steps.Column), new TermAxis(s.Channels, 1)),
            _ => (new TermAxis(s.Area, steps.Column), new TermAxis(1, 0), new TermAxis(s.Channels, 1)),
        };
        return new SoftmaxOperation(pass.Name(purpose), summary, isLog, false, places, outer, inner, pass.SamplesAreLanes, steps.Sample);
    }
}
