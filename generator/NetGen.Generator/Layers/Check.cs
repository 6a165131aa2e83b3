using System.Globalization;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Checks that several layers share.</summary>
internal static class Check
{
    /// <summary>A problem unless the number is at least that.</summary>
    public static IEnumerable<Problem> AtLeast(int minimum, string kind, string argument, int? value) =>
        value < minimum
            ? [Problem.Of(Rules.ArgumentOutOfRange, kind, argument, $"at least {minimum.ToString(CultureInfo.InvariantCulture)}", value).At(argument)]
            : [];

    /// <summary>One problem if a number of the pair is below that.</summary>
    public static IEnumerable<Problem> AtLeast(int minimum, string kind, string argument, Extent value) =>
        AtLeast(minimum, kind, argument, Math.Min(value.Height, value.Width));

    /// <summary>A problem unless the number is in the interval, whose ends may be open.</summary>
    public static IEnumerable<Problem> That(bool holds, string kind, string argument, string range, double value) =>
        holds ? [] : [Problem.Of(Rules.ArgumentOutOfRange, kind, argument, range, value).At(argument)];

    /// <summary>A problem unless channels divide into groups, which are at least one.</summary>
    public static IEnumerable<Problem> Groups(string kind, int groups, string side, int channels) =>
        groups >= 1 && channels % groups != 0 ? [Problem.Of(Rules.UnequalGroups, kind, channels, side, groups).At("groups")] : [];

    /// <summary>A layer that changes no shape but works on vectors: the problem that a flatten is missing, if it is.</summary>
    public static Inference FlatInput(string kind, TensorShape input) =>
        Inference.Of(input.Flatten(), input.IsFlat ? null : FlattenMissing(kind, input));

    public static Problem FlattenMissing(string kind, TensorShape input) =>
        Problem.Of(Rules.FlattenMissing, kind, input, input.Size);

    /// <summary>The last hole is for what to do about it, where that is known.</summary>
    public static Problem ImageExpected(string kind, TensorShape input) => Problem.Of(Rules.ImageExpected, kind, input.Size, "");
}
