using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>What is done to every value of a tensor: a formula, by its name, and the numbers in it.</summary>
internal sealed record ElementwiseFunction(string Name, EquatableArray<double> Numbers)
{
    /// <summary>x to y.</summary>
    public static ElementwiseFunction Copy { get; } = Of(Function.Copy);

    /// <summary>Adds x to y.</summary>
    public static ElementwiseFunction Add { get; } = new("Add", []);

    /// <summary>Multiplies y by x.</summary>
    public static ElementwiseFunction Multiply { get; } = new("Multiply", []);

    /// <summary>(x, y).</summary>
    public static ElementwiseFunction Of(Function function) => new(function.ToString(), function.Numbers);

    /// <summary>What the derivative is told from, if it is told from anything, and dy, in place.</summary>
    public static ElementwiseFunction GradientOf(Function function) => new(function + "Gradient", function.Numbers);
}
