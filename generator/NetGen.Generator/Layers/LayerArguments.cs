using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// An attribute's arguments by the name of the parameter or property, as plain values: int, double, bool, string, int[], double[], string[] or null.
/// Parameters that were left out are there with their defaults, properties are not.
/// </summary>
internal sealed class LayerArguments(string kind, IReadOnlyDictionary<string, object?> values)
{
    private readonly List<Problem> problems = [];

    /// <summary>Arguments that have no reading, found so far.</summary>
    public EquatableArray<Problem> Problems => problems.ToEquatableArray();

    /// <summary>Whether it was given, or has a default.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    public int Int(string name, int otherwise = 0) => values.TryGetValue(name, out object? value) && value is int number ? number : otherwise;

    public int? OptionalInt(string name) => values.TryGetValue(name, out object? value) && value is int number ? number : null;

    public double Double(string name, double otherwise) =>
        values.TryGetValue(name, out object? value) && value is double number ? number : otherwise;

    public bool Bool(string name, bool otherwise) => values.TryGetValue(name, out object? value) && value is bool flag ? flag : otherwise;

    public string? Text(string name) => values.TryGetValue(name, out object? value) ? value as string : null;

    /// <summary>An array of texts; empty where it was left out.</summary>
    public EquatableArray<string> Texts(string name) => values.TryGetValue(name, out object? value) && value is string[] texts ? texts.ToEquatableArray() : [];

    /// <summary>An array of numbers; empty where it was left out.</summary>
    public EquatableArray<int> Ints(string name) => values.TryGetValue(name, out object? value) && value is int[] numbers ? numbers.ToEquatableArray() : [];

    /// <summary>An array of real numbers; empty where it was left out.</summary>
    public EquatableArray<double> Doubles(string name) => values.TryGetValue(name, out object? value) && value is double[] numbers ? numbers.ToEquatableArray() : [];

    /// <summary>One number for all sides, or left, right, top and bottom.</summary>
    public Edges Edges(string name)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case int all:
                return new(all, all, all, all);
            case int[] { Length: 4 } sides:
                return new(sides[0], sides[1], sides[2], sides[3]);
            case var other:
                problems.Add(Problem.Of(Rules.WrongSideCount, kind, name, other is int[] some ? some.Length : "none").At(name));
                return default;
        }
    }

    /// <summary>One number for all sides, or an array of rows' and columns', or of left, right, top and bottom; none where it was left out.</summary>
    public WindowPadding Padding(string name)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case null:
                return WindowPadding.None;
            case int all:
                return WindowPadding.Of(all, all);
            case int[] { Length: 2 } pair:
                return WindowPadding.Of(pair[0], pair[1]);
            case int[] { Length: 4 } sides:
                return new(new AxisPadding(sides[2], sides[3]), new AxisPadding(sides[0], sides[1]));
            case var other:
                problems.Add(Problem.Of(Rules.WrongPaddingCount, kind, name, other is int[] some ? some.Length : "none").At(name));
                return WindowPadding.None;
        }
    }

    /// <summary>One number for a square, or an array of height and width.</summary>
    public Extent Extent(string name)
    {
        if (values.TryGetValue(name, out object? value) && value is null)
            problems.Add(Problem.Of(Rules.WrongExtentCount, kind, name, "none").At(name));
        return OptionalExtent(name) ?? default;
    }

    /// <summary>The same, or null where it was left out.</summary>
    public Extent? OptionalExtent(string name)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case int size:
                return Shapes.Extent.Square(size);
            case int[] { Length: 2 } pair:
                return new Extent(pair[0], pair[1]);
            case int[] other:
                problems.Add(Problem.Of(Rules.WrongExtentCount, kind, name, other.Length).At(name));
                return null;
            default:
                return null;
        }
    }
}
