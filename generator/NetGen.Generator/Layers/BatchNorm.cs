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

    /// <summary>
    /// PyTorch's count of the training batches seen. The running statistics here are an exponential average, which does not need it; files of
    /// PyTorch have it.
    /// </summary>
    public static readonly EquatableArray<string> Counters = ["num_batches_tracked"];

    /// <summary>PyTorch's.</summary>
    public static EquatableArray<ParameterSpec> ParameterSpecs(int features) =>
    [
        new("weight", [features], ParameterInitialization.Ones),
        new("bias", [features], ParameterInitialization.Zeros),
        new("running_mean", [features], ParameterInitialization.Zeros, IsTrainable: false),
        new("running_var", [features], ParameterInitialization.Ones, IsTrainable: false),
    ];

    /// <summary>Training normalises with the batch's statistics, evaluation with the running ones.</summary>
    public static int Describe(ProgramBuilder program, int x, TensorShape output, double eps, double momentum)
    {
        int mean = program.Parameter("running_mean"), variance = program.Parameter("running_var");
        int statistics = program.NewStatistics("statistics", output), y = program.New(output);
        program.Emit(new BatchStatistics(program.Node, x, mean, variance, statistics, eps, momentum) { When = When.Training });
        program.Emit(new RunningStatistics(program.Node, mean, variance, statistics, eps) { When = When.Evaluation });
        program.Emit(new Normalize(program.Node, x, program.Parameter("weight"), program.Parameter("bias"), statistics, y));
        return y;
    }
}
