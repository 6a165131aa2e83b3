using System.Collections.Immutable;
using System.Numerics;

namespace NetGen;

/// <summary>
/// Draws one digit, 28×28, as a hand might: one of the ways to write it, bent by a smooth random field, turned, slanted, stretched and moved,
/// with a pen of random width and pressure, then a little noise. Additions, products and square roots only, which every machine rounds alike.
/// </summary>
internal static class DigitArtist
{
    /// <summary>Width and height of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>Pixels that stay free around a digit, as in MNIST, but for a random shift.</summary>
    private const float Margin = 3.5f;

    /// <summary>Height of the glyphs' own coordinates.</summary>
    private const float GlyphHeight = 100;

    private const int MostPoints = 128;

    /// <summary>Draws a digit, 0 black (paper) and 255 white (ink).</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="random">Decides everything else.</param>
    /// <param name="pixels">Side² bytes, row by row.</param>
    public static void Draw(int digit, ref RandomStream random, Span<byte> pixels)
    {
        ImmutableArray<DigitGlyph> ways = DigitGlyphs.All[digit];
        DigitGlyph glyph = ways[random.NextBelow(ways.Length)];
        Span<Vector2> points = stackalloc Vector2[MostPoints];
        points = points[..Place(glyph, ref random, points)];

        Span<float> paper = stackalloc float[Side * Side];
        paper.Clear();
        Trace(glyph, points, ref random, paper);
        Develop(paper, ref random, pixels);
    }

    /// <summary>The strokes' points on the paper, one stroke after the other.</summary>
    private static int Place(DigitGlyph glyph, ref RandomStream random, Span<Vector2> points)
    {
        var field = new SmoothField(stackalloc Vector2[SmoothField.Size], GlyphHeight, 32, ref random);
        // A turn by the angle of tangent 2h/(1-h²), without sine and cosine.
        float half = 0.14f * Bell(ref random), cos = (1 - half * half) / (1 + half * half), sin = 2 * half / (1 + half * half);
        float slant = 0.10f + 0.38f * Bell(ref random);
        float width = random.NextBetween(0.6f, 1.12f);

        int count = 0;
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        foreach (ImmutableArray<Vector2> stroke in glyph.Strokes)
        {
            var slip = new Vector2(3 * Bell(ref random), 3 * Bell(ref random));
            foreach (Vector2 point in stroke)
            {
                Vector2 bent = point + slip + field.At(point) - new Vector2(GlyphHeight / 2);
                bent = new(width * bent.X - slant * bent.Y, bent.Y);
                Vector2 turned = new(cos * bent.X - sin * bent.Y, sin * bent.X + cos * bent.Y);
                low = Vector2.Min(low, turned);
                high = Vector2.Max(high, turned);
                points[count++] = turned;
            }
        }

        // The larger side fills the box, as in MNIST, give or take a little.
        Vector2 size = high - low;
        float scale = (Side - 2 * Margin - 2) / Math.Max(size.X, size.Y) * random.NextBetween(0.82f, 1.06f);
        Vector2 shift = new Vector2(Side / 2f) + new Vector2(1.8f * Bell(ref random), 1.8f * Bell(ref random));
        Vector2 middle = (low + high) * 0.5f;
        foreach (ref Vector2 point in points[..count])
            point = (point - middle) * scale + shift;
        return count;
    }

    private static void Trace(DigitGlyph glyph, ReadOnlySpan<Vector2> points, ref RandomStream random, Span<float> paper)
    {
        var pen = new DigitPen(paper, Side);
        float radius = random.NextBetween(1.05f, 2.15f), edge = random.NextBetween(0.9f, 1.5f);
        foreach (ImmutableArray<Vector2> stroke in glyph.Strokes)
        {
            float start = radius * random.NextBetween(0.8f, 1.15f), end = radius * random.NextBetween(0.7f, 1.15f);
            float perPiece = (end - start) / (stroke.Length - 1);
            for (int piece = 0; piece + 1 < stroke.Length; piece++)
                pen.Line(points[piece], points[piece + 1], start + piece * perPiece, start + (piece + 1) * perPiece, edge);
            points = points[stroke.Length..];
        }
    }

    /// <summary>Ink to bytes, unevenly and with some grain.</summary>
    private static void Develop(ReadOnlySpan<float> paper, ref RandomStream random, Span<byte> pixels)
    {
        float blackness = random.NextBetween(0.8f, 1), grain = random.NextUnit();
        grain *= 0.12f * grain;
        for (int i = 0; i < pixels.Length; i++)
        {
            float noise = (random.NextUnit() - 0.5f) * (grain + 0.25f * paper[i]);
            pixels[i] = (byte)(255 * Math.Clamp(blackness * paper[i] + noise, 0, 1) + 0.5f);
        }
    }

    /// <summary>In -1..1, nearly normal with deviation 1/3: the mean of three uniform numbers.</summary>
    private static float Bell(ref RandomStream random) =>
        (random.NextUnit() + random.NextUnit() + random.NextUnit() - 1.5f) * (1 / 1.5f);
}
