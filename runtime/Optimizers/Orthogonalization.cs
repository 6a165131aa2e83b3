using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Brings matrices close to orthogonal ones by the Newton–Schulz iteration <c>X ← a·X + (b·XXᵀ + c·(XXᵀ)²)·X</c>, beginning with the matrix over its norm: all
/// singular values come near 1. A team does one matrix after the other, rows shared out; the bits do not depend on the number of workers.
/// </summary>
internal sealed class Orthogonalization
{
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f, LeastNorm = 1e-7f;
    private const double Rms = 0.2;

    private readonly OptimizerMemory memory;
    private readonly int iterations;
    private readonly ImmutableArray<ParameterDefinition> matrices;
    private readonly float[] ordered;
    private readonly AlignedBuffer transposed;
    private readonly AlignedBuffer square;
    private readonly AlignedBuffer polynomial;
    private readonly AlignedBuffer current;
    private readonly AlignedBuffer next;

    /// <summary>For the matrices among a network's parameters, whose values lie in the second buffer of state.</summary>
    public Orthogonalization(OptimizerMemory memory, int iterations)
    {
        this.memory = memory;
        this.iterations = iterations;
        matrices =
        [
            .. memory.Network.Parameters.Where<Parameter>(parameter => parameter.IsTrainable && memory.Segments[memory.SegmentOf(parameter.Start)].IsMatrix)
                .Select(parameter => parameter.Definition),
        ];
        (int Rows, int Columns)[] sizes = [.. matrices.Select(Size)];
        ordered = new float[sizes.Select(size => size.Rows * size.Columns).DefaultIfEmpty().Max()];
        AlignedBuffer Largest(Func<(int Rows, int Columns), long> floats) => new(sizes.Select(floats).DefaultIfEmpty().Max());
        current = Largest(size => size.Rows * SampleBlock.Padded(size.Columns));
        next = Largest(size => size.Rows * SampleBlock.Padded(size.Columns));
        transposed = Largest(size => size.Columns * SampleBlock.Padded(size.Rows));
        square = Largest(size => size.Rows * SampleBlock.Padded(size.Rows));
        polynomial = Largest(size => size.Rows * SampleBlock.Padded(size.Rows));
    }

    /// <summary>Makes all matrices orthogonal, and 0.2·√max(rows, columns) times as large, where they lie. All of the team take part, and have met at the end.</summary>
    public void Run(in Team team)
    {
        for (var i = 0; i < matrices.Length; i++)
            Run(matrices[i], team);
    }

    /// <summary>The shorter side as rows.</summary>
    private static (int Rows, int Columns) Size(ParameterDefinition matrix)
    {
        int outputs = matrix.Shape[0], inputs = matrix.Shape.Size / outputs;
        return (Math.Min(outputs, inputs), Math.Max(outputs, inputs));
    }

    private void Run(ParameterDefinition matrix, in Team team)
    {
        (int rows, int columns) = Size(matrix);
        bool isTall = matrix.Shape[0] > rows;
        int stride = (int)SampleBlock.Padded(columns), small = (int)SampleBlock.Padded(rows);
        ref float place = ref Unsafe.Add(ref memory.State.Start, memory.Floats + matrix.Offset);
        Span<float> values = ordered.AsSpan(0, rows * columns);
        // Which of the two is which, each worker keeps in mind for itself.
        AlignedBuffer x = current, y = next;
        if (team.Worker == 0)
        {
            StridedLayout.Gather(matrix.Layout, ref place, values);
            double sum = 0;
            foreach (float value in values)
                sum += (double)value * value;
            float scale = 1 / Math.Max((float)Math.Sqrt(sum), LeastNorm);
            x.Span[..(rows * stride)].Clear();
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                    x.Span[(row * stride) + column] = scale * values[isTall ? (column * rows) + row : (row * columns) + column];
            }
        }
        team.Wait();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            team.Share(columns, 1, out int from, out int to);
            for (int column = from; column < to; column++)
            {
                Span<float> line = transposed.Span.Slice(column * small, small);
                line.Clear();
                for (var row = 0; row < rows; row++)
                    line[row] = x.Span[(row * stride) + column];
            }
            team.Wait();
            MatrixProduct.Run(team, ref x.Start, stride, columns, ref transposed.Start, 1, ref square.Start, 0, ref square.Start, rows, small);
            team.Wait();
            MatrixProduct.Run(team, ref square.Start, small, rows, ref square.Start, C, ref square.Start, B, ref polynomial.Start, rows, small);
            team.Wait();
            MatrixProduct.Run(team, ref polynomial.Start, small, rows, ref x.Start, 1, ref x.Start, A, ref y.Start, rows, stride);
            team.Wait();
            (x, y) = (y, x);
        }
        if (team.Worker == 0)
        {
            float scale = (float)(Rms * Math.Sqrt(columns));
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                    values[isTall ? (column * rows) + row : (row * columns) + column] = scale * x.Span[(row * stride) + column];
            }
            StridedLayout.Scatter(matrix.Layout, values, ref place);
        }
        team.Wait();
    }
}
