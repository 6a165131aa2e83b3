using System.Numerics;

namespace NetGen;

/// <summary>
/// A random smooth displacement of the plane, after the elastic distortion of Simard, Steinkraus and Platt, "Best practices for convolutional
/// neural networks applied to visual document analysis" (2003): a uniform cubic B-spline over a grid of random vectors.
/// </summary>
internal readonly ref struct SmoothField
{
    private const int Cells = 2, Side = Cells + 3;

    private readonly Span<Vector2> grid;
    private readonly float cellsPerUnit;

    /// <summary>A field over the square from 0 to <paramref name="extent"/>.</summary>
    /// <param name="grid">Memory for it: <see cref="Size"/> vectors.</param>
    /// <param name="extent">Width and height of the square.</param>
    /// <param name="amplitude">Bound of the random vectors, whose mean the field follows; typical displacements are a third of it.</param>
    /// <param name="random">The source of the vectors.</param>
    public SmoothField(Span<Vector2> grid, float extent, float amplitude, ref RandomStream random)
    {
        this.grid = grid;
        cellsPerUnit = Cells / extent;
        foreach (ref Vector2 vector in grid)
            vector = new(random.NextBetween(-amplitude, amplitude), random.NextBetween(-amplitude, amplitude));
    }

    /// <summary>Vectors that a field needs.</summary>
    public static int Size => Side * Side;

    /// <summary>The displacement at a point; points outside the square take that of its edge.</summary>
    public Vector2 At(Vector2 point)
    {
        (int column, Vector4 across) = Weights(point.X);
        (int row, Vector4 down) = Weights(point.Y);
        Vector2 sum = Vector2.Zero;
        for (int y = 0; y < 4; y++)
        {
            Span<Vector2> line = grid.Slice((row + y) * Side + column, 4);
            sum += down[y] * (across.X * line[0] + across.Y * line[1] + across.Z * line[2] + across.W * line[3]);
        }
        return sum;
    }

    /// <summary>The first of the four grid lines that count at a coordinate, and how much each counts.</summary>
    private (int First, Vector4 Weights) Weights(float coordinate)
    {
        float at = Math.Clamp(coordinate * cellsPerUnit, 0, Cells);
        int cell = Math.Min((int)at, Cells - 1);
        float t = at - cell, s = 1 - t, cube = t * t * t;
        return (cell, new Vector4(s * s * s, 3 * cube - 6 * t * t + 4, 3 * s * s * s - 6 * s * s + 4, cube) * (1f / 6));
    }
}
