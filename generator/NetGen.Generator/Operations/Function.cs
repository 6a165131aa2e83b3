using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>A function of one value.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Numbers">Its numbers, in the order that <see cref="FunctionKind"/> names them.</param>
internal sealed record Function(FunctionKind Kind, EquatableArray<double> Numbers)
{
    /// <summary>What the derivative is told from: only the input of such a function must be kept for the way back.</summary>
    private static readonly IReadOnlyDictionary<FunctionKind, DerivativeSource> Sources = new Dictionary<FunctionKind, DerivativeSource>
    {
        [FunctionKind.Copy] = DerivativeSource.Nothing,
        [FunctionKind.Scale] = DerivativeSource.Nothing,
        [FunctionKind.ReLU] = DerivativeSource.Output,
        [FunctionKind.ReLU6] = DerivativeSource.Output,
        [FunctionKind.LeakyReLU] = DerivativeSource.Output,
        [FunctionKind.ELU] = DerivativeSource.Input,
        [FunctionKind.Sigmoid] = DerivativeSource.Output,
        [FunctionKind.Tanh] = DerivativeSource.Output,
        [FunctionKind.Hardsigmoid] = DerivativeSource.Output,
        [FunctionKind.Hardswish] = DerivativeSource.Input,
        [FunctionKind.SiLU] = DerivativeSource.Input,
        [FunctionKind.GELU] = DerivativeSource.Input,
        [FunctionKind.GELUTanh] = DerivativeSource.Input,
        [FunctionKind.Softplus] = DerivativeSource.Input,
        [FunctionKind.Mish] = DerivativeSource.Input,
    };

    /// <summary>A function without numbers.</summary>
    public Function(FunctionKind kind)
        : this(kind, [])
    {
    }

    public static Function Copy { get; } = new(FunctionKind.Copy);

    public static Function ReLU { get; } = new(FunctionKind.ReLU);

    public static Function Sigmoid { get; } = new(FunctionKind.Sigmoid);

    public static Function Tanh { get; } = new(FunctionKind.Tanh);

    /// <summary>What the derivative is told from.</summary>
    public DerivativeSource Derivative => Sources[Kind];

    /// <summary>A product can multiply by the derivative before it stores what is multiplied: it takes a handful of instructions, and no numbers.</summary>
    public bool IsEpilogue => Kind is FunctionKind.ReLU or FunctionKind.Sigmoid or FunctionKind.Tanh;

    public override string ToString() => Kind.ToString();
}

/// <summary>The functions, and the numbers of each.</summary>
internal enum FunctionKind
{
    /// <summary>x.</summary>
    Copy,

    /// <summary>a·x; number: a.</summary>
    Scale,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>min(max(x, 0), 6).</summary>
    ReLU6,

    /// <summary>x above 0, a·x elsewhere; number: a, at least 0.</summary>
    LeakyReLU,

    /// <summary>x above 0, a·(eˣ − 1) elsewhere, where y + a would be the derivative with few of its digits; number: a.</summary>
    ELU,

    /// <summary>1/(1 + e⁻ˣ); derivative y·(1 − y).</summary>
    Sigmoid,

    /// <summary>Derivative 1 − y².</summary>
    Tanh,

    /// <summary>min(max(x + 3, 0), 6)/6.</summary>
    Hardsigmoid,

    /// <summary>x times <see cref="Hardsigmoid"/>.</summary>
    Hardswish,

    /// <summary>x times <see cref="Sigmoid"/>.</summary>
    SiLU,

    /// <summary>x times the share of a normal distribution that lies below x.</summary>
    GELU,

    /// <summary>x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2, close to <see cref="GELU"/>.</summary>
    GELUTanh,

    /// <summary>log(1 + eᵇˣ)/b, and x where b·x is above t; numbers: b, above 0, and t.</summary>
    Softplus,

    /// <summary>x·tanh(log(1 + eˣ)).</summary>
    Mish,
}

/// <summary>What a function's derivative is told from.</summary>
internal enum DerivativeSource
{
    /// <summary>The same everywhere.</summary>
    Nothing,

    /// <summary>The function's output.</summary>
    Output,

    /// <summary>The function's input.</summary>
    Input,
}
