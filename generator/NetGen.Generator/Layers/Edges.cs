using System.Globalization;

namespace NetGen.Generator.Layers;

/// <summary>Pixels on the sides of an image, before and behind a signal, or on those of a volume.</summary>
internal readonly record struct Edges(int Left, int Right, int Top, int Bottom, int Front = 0, int Back = 0)
{
    /// <summary>How many numbers say it: one for all sides, two of a signal, four of an image, six of a volume; 0: none of a user's.</summary>
    public int Count { get; private init; }

    public Edges Negated => new(-Left, -Right, -Top, -Bottom, -Front, -Back) { Count = Count };

    /// <summary>By one, two, four or six numbers.</summary>
    public static Edges By(IReadOnlyList<int> numbers)
    {
        int At(int side) => numbers.Count == 1 ? numbers[0] : side < numbers.Count ? numbers[side] : 0;
        return new(At(0), At(1), At(2), At(3), At(4), At(5)) { Count = numbers.Count };
    }

    /// <summary>A signal has nothing above and below, and an image nothing in front and behind.</summary>
    public Edges Of(int rank) => rank switch { 1 => new(Left, Right, 0, 0), 2 => new(Left, Right, Top, Bottom), _ => this };

    /// <summary>Those of so many dimensions, outermost first.</summary>
    public (int Before, int After)[] Sides(int rank) => [.. new[] { (Front, Back), (Top, Bottom), (Left, Right) }.Skip(3 - rank)];

    /// <summary>The numbers that there may be, in words.</summary>
    public static string Expected(int rank) => rank switch
    {
        1 => "one number for both sides or two, left and right",
        2 => "one number for all sides or four, left, right, top and bottom",
        _ => "one number for all sides or six, left, right, top, bottom, front and back",
    };

    /// <summary>The smallest number.</summary>
    public int Least => Numbers.Min();

    private int[] Numbers => [Left, Right, Top, Bottom, Front, Back];

    /// <summary><c>1</c>, or left, right, top and bottom as <c>1/2/1/2</c>, or left and right, or front and back too.</summary>
    public override string ToString()
    {
        IEnumerable<int> written = Numbers.Take(Math.Max(1, Count));
        return string.Join("/", (Count != 2 && written.Distinct().Count() == 1 ? written.Take(1) : written).Select(number => number.ToString(CultureInfo.InvariantCulture)));
    }
}
