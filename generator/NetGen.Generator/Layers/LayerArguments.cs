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

    /// <summary>One number for all sides, or left and right, or left, right, top and bottom, or front and back too.</summary>
    public Edges Edges(string name)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case int all:
                return Layers.Edges.By([all]);
            case int[] { Length: 2 or 4 or 6 } sides:
                return Layers.Edges.By(sides);
            case var other:
                problems.Add(Problem.Of(Rules.WrongSideCount, kind, name, Layers.Edges.Expected(2), other is int[] some ? some.Length : "none").At(name));
                return default;
        }
    }

    /// <summary>One number for all sides, an array of one for each dimension, or of two for each, columns' first: left, right, top, bottom; none where it was left out.</summary>
    public WindowPadding Padding(string name, int rank = 2)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case null:
                return WindowPadding.None;
            case int all:
                return WindowPadding.Of([.. Enumerable.Repeat(AxisPadding.Of(all), rank)]);
            case int[] sides when sides.Length == 2 * rank:
                return WindowPadding.Of([.. Enumerable.Range(0, rank).Select(axis => new AxisPadding(sides[2 * (rank - 1 - axis)], sides[(2 * (rank - 1 - axis)) + 1]))]);
            case int[] each when each.Length == rank:
                return WindowPadding.Of([.. each.Select(AxisPadding.Of)]);
            case var other:
                problems.Add(Problem.Of(Rules.WrongPaddingCount, kind, name, Paddings(rank), other is int[] some ? some.Length : "none").At(name));
                return WindowPadding.None;
        }
    }

    /// <summary>One number for all dimensions, or an array of one for each, outermost first.</summary>
    public Extent Extent(string name, int rank = 2)
    {
        if (values.TryGetValue(name, out object? value) && value is null)
            problems.Add(Problem.Of(Rules.WrongExtentCount, kind, name, Extents(rank), "none").At(name));
        return OptionalExtent(name, rank) ?? default;
    }

    /// <summary>The same, or null where it was left out.</summary>
    public Extent? OptionalExtent(string name, int rank = 2)
    {
        switch (values.TryGetValue(name, out object? value) ? value : null)
        {
            case int size:
                return Shapes.Extent.Cube(size, rank);
            case int[] sizes when sizes.Length == rank:
                return Shapes.Extent.Of(sizes);
            case int[] other:
                problems.Add(Problem.Of(Rules.WrongExtentCount, kind, name, Extents(rank), other.Length).At(name));
                return null;
            default:
                return null;
        }
    }

    private static string Extents(int rank) => rank switch { 1 => "one number", 3 => "three numbers, depth, height and width", _ => "two numbers, height and width" };

    private static string Paddings(int rank) => rank switch
    {
        1 => "one number, or two, before and behind",
        3 => "one number, three, of slices, rows and columns, or six, left, right, top, bottom, front and back",
        _ => "one number, two, of rows and of columns, or four, left, right, top and bottom",
    };
}
