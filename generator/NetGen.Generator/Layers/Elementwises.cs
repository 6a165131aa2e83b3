using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>Layers that work value by value; their gradients are made in place, over the gradient of their output.</summary>
internal static class Elementwises
{
    public static Activation Forward(PassBuilder pass, Activation x, Function function)
    {
        Activation y = pass.NewValues(x);
        pass.Emit(Make(pass, x, function, "Forward", $"{pass.Layer}: {function} of {x.Shape}."), x.Value, y.Value);
        return y;
    }

    public static void Gradient(PassBuilder pass, Activation y, Function function) =>
        pass.Emit(Make(pass, y, function, "Gradient", $"{pass.Layer}: the gradient times the derivative, in place."), y.Value, y.Gradient);

    /// <summary>Inference drops nothing, so nothing is emitted for it; evaluation during a training pass copies.</summary>
    public static Activation Dropout(PassBuilder pass, Activation x, double probability)
    {
        if (!pass.ForTraining)
            return x;
        Activation y = pass.NewValues(x);
        Elementwise drop = Make(pass, x, Function.Dropout, "Forward", $"{pass.Layer}: drops values at random.") with { Probability = probability, Salt = pass.LayerIndex };
        pass.Emit(new Instruction(drop, [x.Value, y.Value]) { WhenTraining = true });
        pass.Emit(new Instruction(Make(pass, x, Function.Copy, "Copy", $"{pass.Layer}: evaluation drops nothing."), [x.Value, y.Value]) { WhenTraining = false });
        return y;
    }

    public static void DropoutGradient(PassBuilder pass, Activation y, double probability)
    {
        Elementwise drop = Make(pass, y, Function.DropoutGradient, "Gradient", $"{pass.Layer}: drops the gradients of the values that were dropped, in place.") with
        {
            Probability = probability,
            Salt = pass.LayerIndex,
        };
        pass.Emit(new Instruction(drop, [y.Gradient]) { WhenTraining = true });
    }

    private static Elementwise Make(PassBuilder pass, Activation x, Function function, string purpose, string summary) =>
        new(pass.Name(purpose), summary, function, pass.FloatsOf(x.Shape), !pass.SamplesAreLanes);
}
