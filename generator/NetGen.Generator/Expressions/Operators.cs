namespace NetGen.Generator.Expressions;

/// <summary>The operators that expressions over parameters may have, with C#'s meaning in a checked context.</summary>
internal static class Operators
{
    public static readonly IReadOnlyDictionary<string, Func<int, int, object>> OfInts = new Dictionary<string, Func<int, int, object>>(StringComparer.Ordinal)
    {
        ["+"] = (left, right) => checked(left + right),
        ["-"] = (left, right) => checked(left - right),
        ["*"] = (left, right) => checked(left * right),
        ["/"] = (left, right) => left / right,
        ["%"] = (left, right) => left % right,
        ["=="] = (left, right) => left == right,
        ["!="] = (left, right) => left != right,
        ["<"] = (left, right) => left < right,
        ["<="] = (left, right) => left <= right,
        [">"] = (left, right) => left > right,
        [">="] = (left, right) => left >= right,
    };

    public static readonly IReadOnlyDictionary<string, Func<double, double, object>> OfDoubles = new Dictionary<string, Func<double, double, object>>(StringComparer.Ordinal)
    {
        ["+"] = (left, right) => left + right,
        ["-"] = (left, right) => left - right,
        ["*"] = (left, right) => left * right,
        ["/"] = (left, right) => left / right,
        ["%"] = (left, right) => left % right,
        ["=="] = (left, right) => left == right,
        ["!="] = (left, right) => left != right,
        ["<"] = (left, right) => left < right,
        ["<="] = (left, right) => left <= right,
        [">"] = (left, right) => left > right,
        [">="] = (left, right) => left >= right,
    };

    public static readonly IReadOnlyDictionary<string, Func<bool, bool, object>> OfBools = new Dictionary<string, Func<bool, bool, object>>(StringComparer.Ordinal)
    {
        ["=="] = (left, right) => left == right,
        ["!="] = (left, right) => left != right,
    };
}
