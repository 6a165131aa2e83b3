using System.Numerics;

namespace NetGen;

/// <summary>Draws lines with a round pen on grey paper: every pixel takes the ink of the line nearest to it, with soft edges.</summary>
/// <param name="paper">The pixels, row by row, 0 where there is no ink and 1 where there is most.</param>
/// <param name="side">Width and height in pixels.</param>
internal readonly ref struct DigitPen(Span<float> paper, int side)
{
    private readonly Span<float> paper = paper;

    /// <summary>A straight line; the pen's radius changes evenly along it.</summary>
    /// <param name="from">Where it begins, in pixels: pixel (0, 0) has its centre at (0.5, 0.5).</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="radiusFrom">The pen's radius at the beginning, in pixels.</param>
    /// <param name="radiusTo">The pen's radius at the end.</param>
    /// <param name="edge">Pixels over which the ink fades.</param>
    public void Line(Vector2 from, Vector2 to, float radiusFrom, float radiusTo, float edge)
    {
        float reach = Math.Max(radiusFrom, radiusTo) + edge;
        int left = First(Math.Min(from.X, to.X) - reach), right = Last(Math.Max(from.X, to.X) + reach);
        int top = First(Math.Min(from.Y, to.Y) - reach), bottom = Last(Math.Max(from.Y, to.Y) + reach);
        Vector2 along = to - from;
        float inverse = 1 / Math.Max(along.X * along.X + along.Y * along.Y, 1e-6f), fade = 1 / edge;
        for (int y = top; y <= bottom; y++)
        {
            Span<float> row = paper.Slice(y * side, side);
            for (int x = left; x <= right; x++)
            {
                Vector2 offset = new Vector2(x + 0.5f, y + 0.5f) - from;
                float t = Math.Clamp((offset.X * along.X + offset.Y * along.Y) * inverse, 0, 1);
                Vector2 away = offset - t * along;
                float distance = MathF.Sqrt(away.X * away.X + away.Y * away.Y);
                float radius = radiusFrom + t * (radiusTo - radiusFrom);
                row[x] = Math.Max(row[x], Math.Min(1, 0.5f + (radius - distance) * fade));
            }
        }
    }

    private int First(float coordinate) => Math.Clamp((int)MathF.Floor(coordinate), 0, side);

    private int Last(float coordinate) => Math.Clamp((int)MathF.Ceiling(coordinate), -1, side - 1);
}
