using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>How a new parameter is filled; the names and what they mean are the runtime's <c>Initialization</c>.</summary>
internal enum ParameterInitialization
{
    Zeros,
    Ones,
    Uniform,
    Normal,
    TruncatedNormal,
    Constant,
    Orthogonal,
}

/// <summary>A parameter or buffer of a layer.</summary>
/// <param name="Name">PyTorch's name within the layer: <c>weight</c>, <c>bias</c>, <c>running_mean</c>.</param>
/// <param name="Shape">PyTorch's shape, outermost first.</param>
/// <param name="Initialization">How a new network fills it.</param>
/// <param name="Scale">What the numbers that it is filled with are multiplied by.</param>
/// <param name="IsTrainable">False for running statistics.</param>
internal sealed record ParameterSpec(
    string Name, EquatableArray<int> Shape, ParameterInitialization Initialization, double Scale = 0, bool IsTrainable = true)
{
    /// <summary>Whether its layer is frozen: nothing moves it, be it a parameter or a running statistic.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether it has a gradient, by which optimizers move it.</summary>
    public bool Trains => IsTrainable && !IsFrozen;

    /// <summary>What is added to uniform and normal numbers.</summary>
    public double Shift { get; init; }

    /// <summary>The least and the largest truncated normal number, before it is multiplied.</summary>
    public (double Low, double High) Range { get; init; }

    /// <summary>The values of what is no parameter but a constant, in PyTorch's order, over and over until the end; empty: it is a parameter or a buffer.</summary>
    public EquatableArray<double> Constant { get; init; } = [];

    /// <summary>The taps of a kernel lie in memory from the last to the first, so that a cross-correlation with them is a convolution.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Number of values.</summary>
    public long Size => Shape.Aggregate(1L, (size, extent) => checked(size * extent));

    /// <summary>Number of values, where it may be beyond what can be addressed.</summary>
    public double ExactSize => Shape.Aggregate(1.0, (size, extent) => size * extent);

    /// <summary>Connections into an output and out of an input, where the shape does not say them as PyTorch's shapes do.</summary>
    public (double In, double Out)? Fans { get; init; }

    /// <summary>Connections that go into an output, as PyTorch counts them: all but the first extent.</summary>
    public double FanIn => Fans?.In ?? ExactSize / Shape[0];

    /// <summary>Connections that go out of an input, as PyTorch counts them: all but the second extent.</summary>
    public double FanOut => Fans?.Out ?? ExactSize / Shape[1];

    /// <summary>A constant: nothing moves it, and no file has it.</summary>
    public static ParameterSpec Fixed(string name, EquatableArray<int> shape, EquatableArray<double> values) =>
        new(name, shape, ParameterInitialization.Zeros, IsTrainable: false) { Constant = values };

    /// <summary>PyTorch's Kaiming-uniform with a = √5, which both weights and biases of Linear and Conv2d have: bound 1/√fan-in.</summary>
    public static ParameterSpec Uniform(string name, EquatableArray<int> shape, long fanIn) =>
        new(name, shape, ParameterInitialization.Uniform, 1 / Math.Sqrt(fanIn));
}
