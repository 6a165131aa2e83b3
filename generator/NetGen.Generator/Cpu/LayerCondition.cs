using NetGen.Generator.Lowering;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Whether a layer is among some, as C#.</summary>
internal static class LayerCondition
{
    /// <summary>A condition on a variable that holds a layer's number.</summary>
    public static string Of(string variable, LayerRanges layers)
    {
        if (layers.IsEmpty)
            return "false";
        if (layers.Ranges.Count > 1)
            return $"{variable} is {string.Join(" or ", layers.Ranges.Select(range => Pattern(range, layers.Layers)))}";
        (int first, int end) = layers.Ranges[0];
        return end == layers.Layers ? $"{variable} >= {Literal.Of(first)}"
            : end == first + 1 ? $"{variable} == {Literal.Of(first)}"
            : $"{variable} >= {Literal.Of(first)} && {variable} < {Literal.Of(end)}";
    }

    private static string Pattern((int First, int End) range, int layers) => range.End == layers ? $">= {Literal.Of(range.First)}"
        : range.End == range.First + 1 ? Literal.Of(range.First)
        : $"(>= {Literal.Of(range.First)} and < {Literal.Of(range.End)})";
}
