using System.Globalization;

namespace NetGen;

/// <summary>The formulas of the library's optimizers, named as their classes.</summary>
internal enum OptimizerKind
{
    SGD,
    Adam,
    AdamW,
}

/// <summary>
/// An optimizer of the library as data: all that another device needs to know to update parameters as it does, but the learning rate and the number of
/// the step, which come with each; and what messages call it.
/// </summary>
/// <param name="Kind">The formula.</param>
/// <param name="WeightDecay">The penalty's factor.</param>
internal sealed record OptimizerDescription(OptimizerKind Kind, double WeightDecay)
{
    /// <summary>How much of the last step's direction is kept; of SGD, as the next two.</summary>
    public double Momentum { get; init; }

    /// <summary>How much of the gradient is left out of the momentum.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether it looks ahead along the momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>How slowly the mean of the gradient forgets; of Adam and AdamW, as the next two.</summary>
    public double Beta1 { get; init; }

    /// <summary>How slowly the mean of the squared gradient forgets.</summary>
    public double Beta2 { get; init; }

    /// <summary>Added to the root of the squared gradient's mean.</summary>
    public double Eps { get; init; }

    /// <summary>For messages: formula and constants but those that are 0, for example <c>SGD(momentum: 0.9, nesterov: true)</c>.</summary>
    public override string ToString()
    {
        string[] constants =
        [
            .. Constant("momentum", Momentum), .. Constant("dampening", Dampening), .. Nesterov ? ["nesterov: true"] : Array.Empty<string>(),
            .. Constant("beta1", Beta1), .. Constant("beta2", Beta2), .. Constant("eps", Eps), .. Constant("weightDecay", WeightDecay),
        ];
        return constants.Length == 0 ? $"{Kind}" : $"{Kind}({string.Join(", ", constants)})";
    }

    private static string[] Constant(string name, double value) => value == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name}: {value}")];
}
