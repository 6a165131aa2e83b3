using System.Globalization;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Checks that several layers share.</summary>
internal static class Check
{
    /// <summary>What an image's extents are.</summary>
    public const string OfImages = "channels×height×width";

    /// <summary>A problem unless the number is at least that.</summary>
    public static IEnumerable<Problem> AtLeast(int minimum, string kind, string argument, int? value) =>
        value < minimum
            ? [Problem.Of(Rules.ArgumentOutOfRange, kind, argument, $"at least {minimum.ToString(CultureInfo.InvariantCulture)}", value).At(argument)]
            : [];

    /// <summary>One problem if a number of the pair is below that.</summary>
    public static IEnumerable<Problem> AtLeast(int minimum, string kind, string argument, Extent value) =>
        AtLeast(minimum, kind, argument, value.Least);

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

    /// <summary>The problem that a layer receives something of other dimensions, if it does; the last hole is for what to do about it, where that is known.</summary>
    /// <param name="kind">The layer.</param>
    /// <param name="input">What it receives.</param>
    /// <param name="ranks">The dimensions beside the channels that it takes.</param>
    public static Problem? Dimensions(string kind, TensorShape input, params int[] ranks)
    {
        if (ranks.Contains(input.Rank))
            return null;
        string expected = string.Join(" or ", ranks.Select(rank => rank switch { 1 => "channels×length", 2 => OfImages, _ => "channels×depth×height×width" }));
        if (input.IsFlat)
            return Problem.Of(Rules.OtherDimensions, kind, ranks.Contains(2) ? OfImages : expected, FormattableString.Invariant($"{input.Size} flat features"), "");
        string other = FormattableString.Invariant($"{kind.Substring(0, kind.Length - 2)}{input.Rank}d");
        return LayerKinds.Readers.ContainsKey(other)
            ? Problem.Of(Rules.OtherDimensions, kind, expected, input, $": use {other}") with { Correction = other }
            : Problem.Of(Rules.OtherDimensions, kind, expected, input, "");
    }
}
