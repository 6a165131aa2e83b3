using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>What BatchNorm1d and BatchNorm2d share.</summary>
internal static class BatchNorm
{
    /// <summary>PyTorch's defaults.</summary>
    public const double DefaultEps = 1e-5;

    /// <inheritdoc cref="DefaultEps"/>
    public const double DefaultMomentum = 0.1;

    public static IEnumerable<Problem> CheckArguments(string kind, string argument, int? features, double eps, double momentum) =>
    [
        .. Check.AtLeast(1, kind, argument, features),
        .. Check.That(eps is > 0 and <= 1, kind, "Eps", "above 0 and at most 1", eps),
        .. Check.That(momentum is >= 0 and <= 1, kind, "Momentum", "from 0 to 1", momentum),
    ];

    public static Problem OtherKind(string kind, string normalised, string received, string other) =>
        Problem.Of(Rules.OtherNormalization, kind, normalised, received, other) with { Correction = other };

    public static Problem? Mismatch(string kind, string argument, int? written, TensorShape input) =>
        written is { } number && number != input.Features
            ? Problem.Of(Rules.WrongNormFeatures, kind, number, argument, input.IsFlat ? input.Arithmetic : input).At(argument).Corrected(input.Features)
            : null;

    /// <summary>PyTorch's, without its count of batches: the running statistics here are an exponential average, which needs none.</summary>
    public static EquatableArray<ParameterSpec> ParameterSpecs(int features) =>
    [
        new("weight", [features], ParameterInitialization.Ones),
        new("bias", [features], ParameterInitialization.Zeros),
        new("running_mean", [features], ParameterInitialization.Zeros, IsTrainable: false),
        new("running_var", [features], ParameterInitialization.Ones, IsTrainable: false),
    ];

    /// <summary>Values lie as the activation's own: per channel, or per feature where an image was flattened.</summary>
    public static ParameterLayout Place(TensorShape input)
    {
        int lanes = PassBuilder.Padded(input.Channels);
        return input.IsFlat
            ? new ParameterLayout(input.Area * lanes, [new(input.Channels, 1), new(input.Height, input.Width * lanes), new(input.Width, lanes)])
            : new ParameterLayout(lanes, [new(input.Channels, 1)]);
    }

    public static Activation Forward(PassBuilder pass, Activation x, double eps, double momentum)
    {
        Activation y = pass.NewActivation(x.Shape);
        Tensor scale = Scale(pass, x);
        Tensor mean = Value(pass, "running_mean"), variance = Value(pass, "running_var");
        if (pass.ForTraining)
        {
            pass.Emit(new Instruction(
                Make(pass, x, NormalizationPart.BatchStatistics, "Statistics", $"{pass.Layer}: mean and deviation of the batch.", eps, momentum),
                [x.Value, mean, variance, scale],
                Meets: true)
            { WhenTraining = true });
        }
        pass.Emit(new Instruction(
            Make(pass, x, NormalizationPart.RunningStatistics, "Running", $"{pass.Layer}: mean and deviation as training left them.", eps, momentum),
            [mean, variance, scale])
        { WhenTraining = pass.ForTraining ? false : null });
        pass.Emit(new Instruction(
            Make(pass, x, NormalizationPart.Normalize, "Forward", $"{pass.Layer}: normalises, scales and shifts.", eps, momentum),
            [x.Value, Value(pass, "weight"), Value(pass, "bias"), scale, y.Value],
            Meets: true));
        return y;
    }

    public static void ParameterGradients(PassBuilder pass, Activation x, Activation y) => pass.Emit(new Instruction(
        Make(pass, x, NormalizationPart.ParameterGradient, "ParameterGradient", $"{pass.Layer}: gradients of scale and shift.", 0, 0),
        [x.Value, y.Gradient, Scale(pass, x), pass.Parameter("weight")!.Gradient, pass.Parameter("bias")!.Gradient, Sums(pass, x)],
        Meets: true));

    public static void InputGradient(PassBuilder pass, Activation x, Activation y)
    {
        Tensor weight = Value(pass, "weight"), scale = Scale(pass, x);
        pass.Emit(new Instruction(
            Make(pass, x, NormalizationPart.InputGradient, "InputGradient", $"{pass.Layer}: the gradient through the batch's statistics.", 0, 0),
            [x.Value, y.Gradient, weight, scale, Sums(pass, x), x.Gradient],
            Meets: true)
        { WhenTraining = true });
        pass.Emit(new Instruction(
            Make(pass, x, NormalizationPart.InputGradientRunning, "RunningGradient", $"{pass.Layer}: the gradient where statistics are constants.", 0, 0),
            [y.Gradient, weight, scale, x.Gradient])
        { WhenTraining = false });
    }

    private static Tensor Value(PassBuilder pass, string name) => pass.Parameter(name)!.Value;

    /// <summary>The gradients of scale, then of shift, as this pass found them: the parameters' own are the user's to change.</summary>
    private static Tensor Sums(PassBuilder pass, Activation x) => pass.NewFixed("sums", 2 * Place(x.Shape).Floats);

    /// <summary>Mean, then 1/σ, per channel.</summary>
    private static Tensor Scale(PassBuilder pass, Activation x) => pass.NewFixed("statistics", 2 * Place(x.Shape).Floats);

    private static Normalization Make(PassBuilder pass, Activation x, NormalizationPart part, string purpose, string summary, double eps, double momentum) =>
        new(pass.Name(purpose), summary, part, Place(x.Shape).Floats / PassBuilder.Block, x.Shape.IsFlat ? 1 : x.Shape.Area, eps, momentum);
}
