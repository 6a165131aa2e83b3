using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Checks of numbers that users choose, and that arithmetic in single precision must be able to take.</summary>
internal static class Check
{
    /// <summary>A finite number of at least 0.</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && float.IsFinite((float)value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");

    /// <summary>A finite number above 0.</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        (float)value > 0 && float.IsFinite((float)value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");

    /// <summary>A number between 0 and 1, neither of them.</summary>
    public static double ProperFraction(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie in (0, 1).");

    /// <summary>A number in [0, 1).</summary>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie in [0, 1).");
}
