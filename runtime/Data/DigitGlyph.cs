using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace NetGen;

/// <summary>One way to write a digit: the strokes of a pen, each a smooth curve through its points with corners where it turns at once.</summary>
/// <param name="Strokes">From the pen's touching the paper to its leaving it: points close enough to be joined by straight lines.</param>
internal sealed record DigitGlyph(ImmutableArray<ImmutableArray<Vector2>> Strokes)
{
    /// <summary>Straight pieces between two points of a curve; two points are at most a third of a digit's height apart.</summary>
    private const int PiecesPerSpan = 6;

    /// <summary>
    /// Reads points <c>x,y</c> (x to the right, y down, a digit about 100 high) separated by blanks; <c>^</c> after a point makes it a corner,
    /// and <c>|</c> lifts the pen.
    /// </summary>
    public static DigitGlyph Parse(string text) => new([.. text.Split('|').Select(ParseStroke)]);

    private static ImmutableArray<Vector2> ParseStroke(string text)
    {
        string[] points = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ImmutableArray<Vector2>.Builder stroke = ImmutableArray.CreateBuilder<Vector2>();
        var curve = new List<Vector2>();
        for (int i = 0; i < points.Length; i++)
        {
            string[] coordinates = points[i].TrimEnd('^').Split(',');
            curve.Add(new(float.Parse(coordinates[0], CultureInfo.InvariantCulture), float.Parse(coordinates[1], CultureInfo.InvariantCulture)));
            if (points[i].EndsWith('^') || i == points.Length - 1)
            {
                AddCurve(stroke, curve);
                curve.RemoveRange(0, curve.Count - 1);
            }
        }
        return stroke.ToImmutable();
    }

    /// <summary>The uniform Catmull–Rom spline through the points, its ends pulled nowhere.</summary>
    private static void AddCurve(ImmutableArray<Vector2>.Builder stroke, List<Vector2> points)
    {
        if (stroke.Count == 0)
            stroke.Add(points[0]);
        for (int span = 0; span + 1 < points.Count; span++)
        {
            Vector2 before = points[Math.Max(span - 1, 0)], from = points[span], to = points[span + 1], after = points[Math.Min(span + 2, points.Count - 1)];
            for (int piece = 1; piece <= PiecesPerSpan; piece++)
            {
                float t = (float)piece / PiecesPerSpan;
                stroke.Add(0.5f * (2 * from + t * (to - before + t * (2 * before - 5 * from + 4 * to - after + t * (3 * from - before - 3 * to + after)))));
            }
        }
    }
}
