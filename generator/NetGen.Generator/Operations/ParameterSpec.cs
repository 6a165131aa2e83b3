using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>How a new parameter is filled; the names are the runtime's <c>Initialization</c>.</summary>
internal enum ParameterInitialization
{
    Zeros,
    Ones,
    Uniform,
}

/// <summary>A parameter or buffer of a layer.</summary>
/// <param name="Name">PyTorch's name within the layer: <c>weight</c>, <c>bias</c>, <c>running_mean</c>.</param>
/// <param name="Shape">PyTorch's shape, outermost first.</param>
/// <param name="Initialization">How a new network fills it.</param>
/// <param name="Bound">For uniform filling: values in [-Bound, Bound).</param>
/// <param name="IsTrainable">False for running statistics.</param>
internal sealed record ParameterSpec(
    string Name, EquatableArray<int> Shape, ParameterInitialization Initialization, double Bound = 0, bool IsTrainable = true)
{
    /// <summary>Whether its layer is frozen: nothing moves it, be it a parameter or a running statistic.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether it has a gradient, by which optimizers move it.</summary>
    public bool Trains => IsTrainable && !IsFrozen;

    /// <summary>Number of values.</summary>
    public long Size => Shape.Aggregate(1L, (size, extent) => checked(size * extent));

    /// <summary>Number of values, where it may be beyond what can be addressed.</summary>
    public double ExactSize => Shape.Aggregate(1.0, (size, extent) => size * extent);

    /// <summary>PyTorch's Kaiming-uniform with a = √5, which both weights and biases of Linear and Conv2d have: bound 1/√fan-in.</summary>
    public static ParameterSpec Uniform(string name, EquatableArray<int> shape, long fanIn) =>
        new(name, shape, ParameterInitialization.Uniform, 1 / Math.Sqrt(fanIn));
}
