using System.Collections.Immutable;
using NetGen;

namespace MnistSample;

/// <summary>An optimizer by its name on the command line.</summary>
/// <param name="Name">What <c>--optimizer</c> takes.</param>
/// <param name="Rate">The highest learning rate of its schedule, unless <c>--lr</c> says another.</param>
/// <param name="Create">A new one with that rate.</param>
internal sealed record OptimizerKind(string Name, double Rate, Func<double, Optimizer> Create)
{
    public static ImmutableArray<OptimizerKind> All { get; } =
    [
        new("sgd", 5e-2, rate => new SGD(rate, momentum: 0.9, nesterov: true)),
        new("adam", 4e-3, rate => new Adam(rate)),
        new("adamw", 6e-3, rate => new AdamW(rate, weightDecay: 0.1)),
    ];

    /// <summary>With the rate and decay that did best on MNIST, for all four networks.</summary>
    public static OptimizerKind Default => Named("adamw");

    /// <summary>One by its name.</summary>
    public static OptimizerKind Named(string name) => All.Single(kind => kind.Name == name);

    public override string ToString() => Name;
}
