using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>How pooling layers become window operations.</summary>
internal static class Poolings
{
    public static Activation Forward(PassBuilder pass, Activation x, TensorShape output, Window window, bool isMax)
    {
        Activation y = pass.NewActivation(output);
        pass.Emit(Make(pass, x, y, window, isMax, "Forward", $"{pass.Layer}: {Kind(isMax)} over {window.Kernel}, {x.Shape} → {output}."), x.Value, y.Value);
        return y;
    }

    public static void Gradient(PassBuilder pass, Activation x, Activation y, Window window, bool isMax)
    {
        Pooling gradient = Make(pass, x, y, window, isMax, "Gradient", $"{pass.Layer}: each gradient to {(isMax ? "the first largest value" : "all values")} of its window.") with
        {
            IsGradient = true,
        };
        if (!isMax)
        {
            pass.Emit(gradient, y.Gradient, x.Gradient);
            return;
        }
        if (pass.GradientOfInput is { Finish: Finish.ReLUGradient })
        {
            pass.TakeGradientOfInput();
            gradient = gradient with { MasksByInput = true };
        }
        pass.Emit(gradient, x.Value, y.Value, y.Gradient, x.Gradient);
    }

    private static string Kind(bool isMax) => isMax ? "maximum" : "mean";

    private static Pooling Make(PassBuilder pass, Activation x, Activation y, Window w, bool isMax, string purpose, string summary)
    {
        InAxis blocks = pass.SamplesAreLanes
            ? new InAxis(x.Shape.Channels, x.Steps.Channel, y.Steps.Channel)
            : new InAxis(PassBuilder.Padded(x.Shape.Channels) / PassBuilder.Block, PassBuilder.Block, PassBuilder.Block);
        return new Pooling(
            pass.Name(purpose), summary, isMax, false, false, blocks,
            pass.SamplesAreLanes ? null : new SampleAxis(0, x.Steps.Sample, y.Steps.Sample),
            new WindowAxis(y.Shape.Height, w.Kernel.Height, x.Shape.Height, w.Stride.Height, w.Padding.Height, y.Steps.Row, x.Steps.Row, 0),
            new WindowAxis(y.Shape.Width, w.Kernel.Width, x.Shape.Width, w.Stride.Width, w.Padding.Width, y.Steps.Column, x.Steps.Column, 0));
    }
}
