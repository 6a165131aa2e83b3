using System.Numerics;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>A loss that compares each output with a target of its own, averaged over a sample's outputs.</summary>
internal abstract class ElementLoss<TFormula>(TFormula formula) : Loss where TFormula : struct, IElementFormula
{
    private const int MostLanes = 16;

    public sealed override bool TakesLabels => false;

    internal sealed override int Decisions(Shape outputs) => TFormula.Decides ? outputs.Size : 0;

    internal sealed override LossTally Evaluate(in LossRows rows)
    {
        var loop = new Loop { Rows = rows, Formula = formula };
        LaneJob.RunWidest(ref loop);
        return new LossTally(loop.Sum, loop.Correct);
    }

    private ref struct Loop : ILaneJob
    {
        public LossRows Rows;
        public TFormula Formula;
        public double Sum;
        public long Correct;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            int size = Rows.Size, stride = Rows.Stride, whole = size / T.Count * T.Count, rest = size - whole;
            // Targets end with the row, and no vector may be loaded beyond: the last ones are taken from here.
            Span<float> last = stackalloc float[MostLanes];
            last.Clear();
            T zero = T.All(0);
            double sum = 0;
            long correct = 0;
            for (nint n = 0; n < Rows.Count; n++)
            {
                ref float row = ref Unsafe.Add(ref Rows.Outputs, n * stride);
                ref float target = ref Unsafe.Add(ref Rows.Targets, n * size);
                ref float gradient = ref Rows.HasGradients ? ref Unsafe.Add(ref Rows.Gradients, n * stride) : ref Rows.Gradients;
                float weight = Rows.Weight(n);
                T factor = T.All(weight * Rows.Scale / size), values = zero;
                for (nint i = 0; i < whole; i += T.Count)
                {
                    T x = T.Load(ref row, i), t = T.Load(ref target, i);
                    Formula.At(x, t, i, out T value, out T slope);
                    values += value;
                    if (Rows.HasGradients)
                        (slope * factor).Store(ref gradient, i);
                    if (TFormula.Decides)
                        correct += BitOperations.PopCount(Formula.Right(x, t));
                }
                nint filled = whole;
                if (rest > 0)
                {
                    for (var i = 0; i < rest; i++)
                        last[i] = Unsafe.Add(ref target, whole + i);
                    T x = T.First(rest, T.Load(ref row, whole), zero), t = T.Load(ref last[0], 0);
                    Formula.At(x, t, whole, out T value, out T slope);
                    values += T.First(rest, value, zero);
                    if (Rows.HasGradients)
                        T.First(rest, slope * factor, zero).Store(ref gradient, whole);
                    if (TFormula.Decides)
                        correct += BitOperations.PopCount(Formula.Right(x, t) & ((1u << rest) - 1));
                    filled += T.Count;
                }
                if (Rows.HasGradients)
                {
                    for (nint i = filled; i < stride; i += T.Count)
                        zero.Store(ref gradient, i);
                }
                sum += (double)weight * values.Sum() / size;
            }
            Sum = sum;
            Correct = correct;
        }
    }
}
