using System.Globalization;

namespace NetGen;

/// <summary>The formulas of the library's optimizers, named as their classes.</summary>
internal enum OptimizerKind
{
    SGD,
    Adam,
    AdamW,
    RMSprop,
    Adagrad,
    Lion,
    Muon,
}

/// <summary>
/// An optimizer of the library as data: all that another device needs to know to update parameters as it does, but the learning rate and the number of
/// the step, which come with each; and what messages call it.
/// </summary>
/// <param name="Kind">The formula.</param>
/// <param name="WeightDecay">The penalty's factor.</param>
internal sealed record OptimizerDescription(OptimizerKind Kind, double WeightDecay)
{
    /// <summary>How much of the last step's direction is kept; of SGD, RMSprop and Muon.</summary>
    public double Momentum { get; init; }

    /// <summary>How much of the gradient is left out of the momentum; of SGD.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether it looks ahead along the momentum; of SGD and Muon.</summary>
    public bool Nesterov { get; init; }

    /// <summary>How slowly the mean of the gradient forgets; of Adam and AdamW, and of Muon for what is no matrix. Of Lion, what the sign is taken of.</summary>
    public double Beta1 { get; init; }

    /// <summary>How slowly the mean of the squared gradient forgets; of Lion, that of the gradient.</summary>
    public double Beta2 { get; init; }

    /// <summary>How slowly the mean of the squared gradient forgets; of RMSprop.</summary>
    public double Alpha { get; init; }

    /// <summary>Whether the gradient's variance counts in place of its square; of RMSprop.</summary>
    public bool Centered { get; init; }

    /// <summary>How fast the learning rate falls; of Adagrad.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>What the sum of squares begins with; of Adagrad.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>Newton–Schulz iterations; of Muon.</summary>
    public int Iterations { get; init; }

    /// <summary>Added to the root of the squared gradient's mean, or sum.</summary>
    public double Eps { get; init; }

    /// <summary>The largest norm of all gradients together; 0: any.</summary>
    public double ClipNorm { get; init; }

    /// <summary>The largest absolute value of a gradient; 0: any.</summary>
    public double ClipValue { get; init; }

    /// <summary>For messages: formula and constants but those that are 0, for example <c>SGD(momentum: 0.9, nesterov: true)</c>.</summary>
    public override string ToString()
    {
        string[] constants =
        [
            .. Constant("momentum", Momentum), .. Constant("dampening", Dampening), .. Flag("nesterov", Nesterov), .. Constant("beta1", Beta1), .. Constant("beta2", Beta2),
            .. Constant("alpha", Alpha), .. Flag("centered", Centered), .. Constant("learningRateDecay", LearningRateDecay),
            .. Constant("initialAccumulator", InitialAccumulator), .. Constant("iterations", Iterations), .. Constant("eps", Eps),
            .. Constant("weightDecay", WeightDecay), .. Constant("clipNorm", ClipNorm), .. Constant("clipValue", ClipValue),
        ];
        return constants.Length == 0 ? $"{Kind}" : $"{Kind}({string.Join(", ", constants)})";
    }

    private static string[] Flag(string name, bool value) => value ? [$"{name}: true"] : [];

    private static string[] Constant(string name, double value) => value == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name}: {value}")];
}
