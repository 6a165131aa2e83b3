using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Engine;

/// <summary>
/// Fills a parameter with a random matrix of orthogonal rows, or columns where those are fewer: normal numbers, orthogonalised from the first on. It is the Q of
/// a QR decomposition whose R has a positive diagonal, so all such matrices are equally likely (Mezzadri, 2007, arXiv:math-ph/0609050), as in PyTorch's
/// <c>nn.init.orthogonal_</c>.
/// </summary>
/// <remarks>
/// Modified Gram–Schmidt in double precision, eight sums side by side whatever the processor: the same seed gives the same matrix on every machine and any number
/// of them.
/// </remarks>
internal static class OrthogonalMatrix
{
    private const int Lanes = 8;

    // Below so many multiply-adds a step is not worth waking other threads for.
    private const long FewOperations = 1 << 16;

    public static void Fill(ParameterDefinition parameter, CounterRandom stream, AlignedBuffer values)
    {
        int rows = parameter.Shape[0], columns = parameter.Shape.Size / rows, vectors = Math.Min(rows, columns), length = Math.Max(rows, columns);
        int padded = (length + Lanes - 1) / Lanes * Lanes;
        var matrix = new double[vectors][];
        For(vectors, (long)length * vectors, v =>
        {
            matrix[v] = new double[padded];
            for (var i = 0; i < length; i++)
                matrix[v][i] = NormalQuantile.Of(CounterRandom.OpenUnit(stream.State((ulong)(((long)v * length) + i))));
        });
        for (var done = 0; done < vectors; done++)
        {
            double[] unit = matrix[done];
            Scale(unit, 1 / Math.Sqrt(Dot(unit, unit)));
            int first = done + 1;
            For(vectors - first, (long)padded * (vectors - first), v => Subtract(matrix[first + v], Dot(matrix[first + v], unit), unit));
        }
        var ordered = new float[parameter.Shape.Size];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                ordered[(row * columns) + column] = (float)(parameter.Scale * (rows <= columns ? matrix[row][column] : matrix[column][row]));
        }
        StridedLayout.Scatter(parameter.Layout, ordered, ref Unsafe.Add(ref values.Start, parameter.Offset));
    }

    private static void For(int count, long operations, Action<int> one)
    {
        if (operations > FewOperations)
        {
            Parallel.For(0, count, one);
            return;
        }
        for (var i = 0; i < count; i++)
            one(i);
    }

    private static double Dot(double[] a, double[] b)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        for (var i = 0; i < a.Length; i += Lanes)
            sums += Vector512.LoadUnsafe(ref a[i]) * Vector512.LoadUnsafe(ref b[i]);
        double sum = 0;
        for (var lane = 0; lane < Lanes; lane++)
            sum += sums[lane];
        return sum;
    }

    private static void Subtract(double[] from, double times, double[] unit)
    {
        for (var i = 0; i < from.Length; i += Lanes)
            (Vector512.LoadUnsafe(ref from[i]) - (Vector512.LoadUnsafe(ref unit[i]) * times)).StoreUnsafe(ref from[i]);
    }

    private static void Scale(double[] vector, double by)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= by;
    }
}
