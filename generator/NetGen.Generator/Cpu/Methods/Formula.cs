using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>What an elementwise kernel does to a value, as text: the same for all layouts and levels of instructions.</summary>
/// <param name="Name">Of the function, as <see cref="ElementwiseFunction"/> names it.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Tensors">What is read; the last is written.</param>
/// <param name="Value">The result: holes 0 and 1 are values of the first and the last tensor, further ones the numbers.</param>
/// <param name="Numbers">The names of its numbers.</param>
/// <param name="Calls">The shared function that does it, where it is not a vector instruction or two.</param>
internal sealed record Formula(string Name, string Summary, string[] Tensors, string Value, string[] Numbers, KernelFunction? Calls = null)
{
    private static readonly string[] Forward = ["x", "y"], ByOutput = ["y", "dy"], ByInput = ["x", "dy"];

    /// <summary>All formulas.</summary>
    public static IReadOnlyList<Formula> All { get; } =
    [
        new("Copy", "A copy.", Forward, "{0}", []),
        new("Add", "Adds x to y.", Forward, "{1} + {0}", []),
        new("Multiply", "Multiplies y by x.", Forward, "{1} * {0}", []),
        new("Scale", "x times a number.", Forward, "{0} * {2}", ["factor"]),
        new("ScaleGradient", "The gradient times a number.", ["dy"], "{0} * {2}", ["factor"]),
        new("ReLU", "The larger of x and 0.", Forward, "Vec.MaxNative(V.Zero, {0})", []),
        new("ReLUGradient", "The gradient where y is above 0.", ByOutput, "Vec.ConditionalSelect(Vec.GreaterThan({0}, V.Zero), {1}, V.Zero)", []),
        new("ReLU6", "x within 0 and 6.", Forward, "Vec.MinNative(Vec.Create(6f), Vec.MaxNative(V.Zero, {0}))", []),
        new(
            "ReLU6Gradient", "The gradient where y is between 0 and 6.", ByOutput,
            "Vec.ConditionalSelect(Vec.GreaterThan({0}, V.Zero) & Vec.LessThan({0}, Vec.Create(6f)), {1}, V.Zero)", []),
        new("LeakyReLU", "x, times a slope below 0.", Forward, "LeakyReLU({0}, {0}, {2})", ["slope"], ActivationFunctions.LeakyReLU),
        new("LeakyReLUGradient", "The gradient, times a slope where y is not above 0.", ByOutput, "LeakyReLU({0}, {1}, {2})", ["slope"], ActivationFunctions.LeakyReLU),
        new("ELU", "x, and a·(eˣ − 1) below 0.", Forward, "ELU({0}, {2})", ["alpha"], ActivationFunctions.ELU),
        new("ELUGradient", "The gradient, times a·eˣ where x is not above 0.", ByInput, "ELUGradient({0}, {1}, {2})", ["alpha"], ActivationFunctions.ELUGradient),
        new("Sigmoid", "1/(1 + e⁻ˣ).", Forward, "Sigmoid({0})", [], KernelFunction.Sigmoid),
        new("SigmoidGradient", "The gradient times y·(1 − y).", ByOutput, "SigmoidGradient({0}, {1})", [], KernelFunction.SigmoidGradient),
        new("Tanh", "The hyperbolic tangent.", Forward, "Tanh({0})", [], KernelFunction.Tanh),
        new("TanhGradient", "The gradient times 1 − y².", ByOutput, "TanhGradient({0}, {1})", [], KernelFunction.TanhGradient),
        new("Hardsigmoid", "x + 3 within 0 and 6, divided by 6.", Forward, "Hardsigmoid({0})", [], ActivationFunctions.Hardsigmoid),
        new("HardsigmoidGradient", "A sixth of the gradient where y is between 0 and 1.", ByOutput, "HardsigmoidGradient({0}, {1})", [], ActivationFunctions.HardsigmoidGradient),
        new("Hardswish", "x times a hard sigmoid.", Forward, "{0} * Hardsigmoid({0})", [], ActivationFunctions.Hardsigmoid),
        new("HardswishGradient", "The gradient times x/3 + ½ where x is within −3 and 3.", ByInput, "HardswishGradient({0}, {1})", [], ActivationFunctions.HardswishGradient),
        new("SiLU", "x/(1 + e⁻ˣ).", Forward, "SiLU({0})", [], ActivationFunctions.SiLU),
        new("SiLUGradient", "The gradient times the derivative of x/(1 + e⁻ˣ).", ByInput, "SiLUGradient({0}, {1})", [], ActivationFunctions.SiLUGradient),
        new("GELU", "x times the share of a normal distribution below x.", Forward, "GELU({0})", [], ActivationFunctions.GELU),
        new("GELUGradient", "The gradient times that share and x times its density.", ByInput, "GELUGradient({0}, {1})", [], ActivationFunctions.GELUGradient),
        new("GELUTanh", "GELU by the hyperbolic tangent.", Forward, "GELUTanh({0})", [], ActivationFunctions.GELUTanh),
        new("GELUTanhGradient", "The gradient times the derivative of GELU by the hyperbolic tangent.", ByInput, "GELUTanhGradient({0}, {1})", [], ActivationFunctions.GELUTanhGradient),
        new("Softplus", "log(1 + eᵇˣ)/b.", Forward, "Softplus({0}, {2}, {3})", ["beta", "threshold"], ActivationFunctions.Softplus),
        new("SoftplusGradient", "The gradient times 1/(1 + e⁻ᵇˣ).", ByInput, "SoftplusGradient({0}, {1}, {2}, {3})", ["beta", "threshold"], ActivationFunctions.SoftplusGradient),
        new("Mish", "x·tanh(log(1 + eˣ)).", Forward, "Mish({0})", [], ActivationFunctions.Mish),
        new("MishGradient", "The gradient times the derivative of x·tanh(log(1 + eˣ)).", ByInput, "MishGradient({0}, {1})", [], ActivationFunctions.MishGradient),
    ];

    private static readonly Dictionary<string, Formula> ByName = All.ToDictionary(formula => formula.Name, StringComparer.Ordinal);

    /// <summary>That of a function.</summary>
    public static Formula Of(ElementwiseFunction function) => ByName[function.Name];

    /// <summary>The statement that computes a vector of values.</summary>
    /// <param name="load">A vector of a tensor's values.</param>
    /// <param name="reference">Where the result goes, of the last tensor.</param>
    /// <param name="numbers">The numbers.</param>
    public string Statement(Func<string, string> load, Func<string, string> reference, IEnumerable<string> numbers)
    {
        string last = Tensors[Tensors.Length - 1];
        object[] holes = [load(Tensors[0]), load(last), .. numbers];
        return $"({string.Format(System.Globalization.CultureInfo.InvariantCulture, Value, holes)}).StoreUnsafe({reference(last)});";
    }
}
