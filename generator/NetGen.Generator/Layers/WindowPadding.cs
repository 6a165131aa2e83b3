using System.Globalization;

namespace NetGen.Generator.Layers;

/// <summary>What is put around an image before windows slide over it.</summary>
/// <param name="Rows">Above and below.</param>
/// <param name="Columns">Left and right.</param>
/// <param name="Slices">In front and behind; nothing but of volumes.</param>
internal readonly record struct WindowPadding(AxisPadding Rows, AxisPadding Columns, AxisPadding Slices = default)
{
    /// <summary>Nothing.</summary>
    public static WindowPadding None => default;

    /// <summary>One for each dimension, outermost first.</summary>
    public static WindowPadding Of(IReadOnlyList<AxisPadding> axes) => axes.Count switch
    {
        1 => new(default, axes[0]),
        2 => new(axes[0], axes[1]),
        _ => new(axes[1], axes[2], axes[0]),
    };

    /// <summary>The smallest number of a side.</summary>
    public int Least => Math.Min(Slices.Least, Math.Min(Rows.Least, Columns.Least));

    /// <summary>Those of so many dimensions, outermost first.</summary>
    public AxisPadding[] Axes(int rank) => rank switch { 1 => [Columns], 2 => [Rows, Columns], _ => [Slices, Rows, Columns] };

    /// <summary><c>1</c>, <c>2×1</c> of rows and columns, left, right, top and bottom as <c>0/1/0/1</c>, or the rule's name.</summary>
    public string Text(int rank)
    {
        AxisPadding[] axes = Axes(rank);
        return !axes.All(axis => axis.IsEven) ? string.Join("/", Enumerable.Reverse(axes).SelectMany(axis => new[] { axis.Before, axis.After }).Select(side => side.ToString(CultureInfo.InvariantCulture)))
            : axes.Distinct().Count() == 1 ? axes[0].ToString()
            : string.Join("×", axes);
    }
}

/// <summary>Padding before and behind an image in one direction: two numbers, or a rule that gives them.</summary>
internal readonly record struct AxisPadding(int Before, int After, PaddingRule Rule = PaddingRule.Numbers)
{
    /// <summary>A number as an attribute has it: for both sides, or a constant of the runtime's <c>Padding</c>.</summary>
    public static AxisPadding Of(int number) => number switch
    {
        (int)PaddingRule.Same => new(0, 0, PaddingRule.Same),
        (int)PaddingRule.Full => new(0, 0, PaddingRule.Full),
        _ => new(number, number),
    };

    /// <summary>Both sides have as much, or a rule says how much.</summary>
    public bool IsEven => Before == After;

    public int Least => Math.Min(Before, After);

    /// <summary>The most that it puts on a side, for a window that reaches over so many pixels.</summary>
    public long Most(long reach) => Rule switch { PaddingRule.Full => reach - 1, PaddingRule.Same => reach / 2, _ => Math.Max(Before, After) };

    /// <summary>Pixels before and behind an image of that size, for windows that reach over so many pixels. Of Same's, an odd one is behind.</summary>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/>.</exception>
    public (int Before, int After) Around(int size, long reach, int stride)
    {
        if (Rule == PaddingRule.Full)
            return checked(((int)(reach - 1), (int)(reach - 1)));
        if (Rule == PaddingRule.Numbers)
            return (Before, After);
        long steps = (size - 1L) / stride, all = Math.Max(0, (steps * stride) + reach - size);
        return checked(((int)(all / 2), (int)(all - (all / 2))));
    }

    public override string ToString() => Rule == PaddingRule.Numbers ? Before.ToString(CultureInfo.InvariantCulture) : Rule.ToString().ToLowerInvariant();
}

/// <summary>How padding is said; the numbers of the rules are those of the runtime's <c>Padding</c>.</summary>
internal enum PaddingRule
{
    /// <summary>As many as the window reaches beyond one pixel, half of them on each side, and fewer with strides: an output for each stride of the input.</summary>
    Same = int.MinValue,

    /// <summary>On each side all but one pixel of a window: all outputs that see the image.</summary>
    Full = int.MinValue + 1,

    /// <summary>By numbers.</summary>
    Numbers = 0,
}
