using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Products of matrices whose rows are multiples of 16 floats apart, as optimizers need them: any shapes, shared out by rows.</summary>
internal static class MatrixProduct
{
    private const int TileRows = 4;

    /// <summary>
    /// This worker's rows of <c>target = factor·left·right + addendFactor·addend</c>. An element is summed in the same order whoever computes it.
    /// </summary>
    /// <param name="team">Who takes part.</param>
    /// <param name="left">[rows, inner].</param>
    /// <param name="leftStride">Floats from one of its rows to the next.</param>
    /// <param name="inner">Columns of the left and rows of the right.</param>
    /// <param name="right">[inner, columns], rows a whole <paramref name="columns"/> apart.</param>
    /// <param name="factor">Multiplies the product.</param>
    /// <param name="addend">As the target.</param>
    /// <param name="addendFactor">Multiplies the addend; 0: it is not read.</param>
    /// <param name="target">[rows, columns]; none of the others.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, a multiple of 16.</param>
    public static void Run(
        in Team team, ref float left, int leftStride, int inner, ref float right, float factor, ref float addend, float addendFactor, ref float target, int rows, int columns)
    {
        team.Share(rows, TileRows, out int from, out int to);
        var job = new Job
        {
            Left = ref left,
            LeftStride = leftStride,
            Inner = inner,
            Right = ref right,
            Factor = factor,
            Addend = ref addend,
            AddendFactor = addendFactor,
            Target = ref target,
            From = from,
            To = to,
            Columns = columns,
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ref float Left;
        public int LeftStride;
        public int Inner;
        public ref float Right;
        public float Factor;
        public ref float Addend;
        public float AddendFactor;
        public ref float Target;
        public int From;
        public int To;
        public int Columns;

        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            // A strip of the right one stays in the cache while all rows pass over it.
            for (var column = 0; column < Columns; column += T.Count)
            {
                int row = From;
                for (; row + TileRows <= To; row += TileRows)
                    Tile<T>(row, column);
                for (; row < To; row++)
                    Line<T>(row, column);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Tile<T>(nint row, nint column) where T : struct, ILanes<T>
        {
            T first = T.All(0), second = first, third = first, fourth = first;
            ref float left = ref Unsafe.Add(ref Left, row * LeftStride);
            ref float right = ref Unsafe.Add(ref Right, column);
            nint stride = LeftStride, columns = Columns;
            for (nint k = 0; k < Inner; k++)
            {
                T strip = T.Load(ref right, k * columns);
                first = T.MultiplyAdd(T.All(Unsafe.Add(ref left, k)), strip, first);
                second = T.MultiplyAdd(T.All(Unsafe.Add(ref left, stride + k)), strip, second);
                third = T.MultiplyAdd(T.All(Unsafe.Add(ref left, (2 * stride) + k)), strip, third);
                fourth = T.MultiplyAdd(T.All(Unsafe.Add(ref left, (3 * stride) + k)), strip, fourth);
            }
            Finish(row, column, first);
            Finish(row + 1, column, second);
            Finish(row + 2, column, third);
            Finish(row + 3, column, fourth);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line<T>(nint row, nint column) where T : struct, ILanes<T>
        {
            T sum = T.All(0);
            ref float left = ref Unsafe.Add(ref Left, row * LeftStride);
            for (nint k = 0; k < Inner; k++)
                sum = T.MultiplyAdd(T.All(Unsafe.Add(ref left, k)), T.Load(ref Right, (k * Columns) + column), sum);
            Finish(row, column, sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Finish<T>(nint row, nint column, T sum) where T : struct, ILanes<T>
        {
            T value = sum * T.All(Factor);
            nint place = (row * Columns) + column;
            if (AddendFactor != 0)
                value = T.MultiplyAdd(T.All(AddendFactor), T.Load(ref Addend, place), value);
            value.Store(ref Target, place);
        }
    }
}
