using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Cross-entropy where classes or samples count differently, or nothing, and every row needs a logarithm of its own.</summary>
/// <remarks>
/// With l_c = log softmax(x)_c, class weights v, a sample's weight w and label smoothing ε, a row's part of the sum is
/// <c>−w·((1 − ε)·v_label·l_label + ε/Size·Σ v_c·l_c)</c>, PyTorch's formula.
/// </remarks>
internal static class WeightedCrossEntropyRows
{
    public static LossTally Evaluate(in LossRows rows, LossWeights classWeights, float labelSmoothing, int? ignored)
    {
        var loop = new Loop { Rows = rows, Classes = classWeights, Smoothing = labelSmoothing, Ignored = ignored };
        LaneJob.RunWidest(ref loop);
        return new LossTally(loop.Sum, loop.Correct, loop.IgnoredRows);
    }

    private ref struct Loop : ILaneJob
    {
        public LossRows Rows;
        public LossWeights Classes;
        public float Smoothing;
        public int? Ignored;
        public long IgnoredRows;
        public double Sum;
        public long Correct;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            int size = Rows.Size, stride = Rows.Stride;
            T nothing = T.All(float.NegativeInfinity), zero = T.All(0);
            float kept = 1 - Smoothing, spread = Smoothing / size;
            float allClasses = Classes.Count == 0 ? size : (float)Classes.Sum;
            for (nint n = 0; n < Rows.Count; n++)
            {
                if (Rows.IsIgnored(n, Ignored))
                {
                    IgnoredRows++;
                    for (nint i = 0; i < stride && Rows.HasGradients; i += T.Count)
                        zero.Store(ref Unsafe.Add(ref Rows.Gradients, n * stride), i);
                    continue;
                }
                ref float row = ref Unsafe.Add(ref Rows.Outputs, n * stride);
                int label = Rows.Label(n);
                float weight = Rows.Weight(n), atLabel = kept * Classes[label] * weight, atAll = spread * weight;
                float max = LogitRow.Largest<T>(ref row, size);
                T sums = zero, shifts = zero;
                for (nint i = 0; i < stride; i += T.Count)
                {
                    T shifted = T.First(size - (int)i, T.Load(ref row, i), nothing) - T.All(max);
                    T e = Exponential.OfNonPositive(shifted);
                    sums += e;
                    if (atAll != 0)
                        shifts = T.MultiplyAdd(OfClasses<T>(i), T.First(size - (int)i, shifted, zero), shifts);
                    if (Rows.HasGradients)
                        e.Store(ref Unsafe.Add(ref Rows.Gradients, n * stride), i);
                }
                float total = sums.Sum(), labelled = Unsafe.Add(ref row, label) - max;
                double log = Math.Log(total);
                Sum += atLabel * (log - labelled);
                if (atAll != 0)
                    Sum += atAll * ((allClasses * log) - shifts.Sum());
                if (LogitRow.IsRight(ref row, label, max, total))
                    Correct++;
                if (Rows.HasGradients)
                {
                    ref float gradient = ref Unsafe.Add(ref Rows.Gradients, n * stride);
                    T factor = T.All((atLabel + (atAll * allClasses)) * Rows.Scale / total), less = T.All(-atAll * Rows.Scale);
                    for (nint i = 0; i < stride; i += T.Count)
                        T.MultiplyAdd(T.Load(ref gradient, i), factor, less * OfClasses<T>(i)).Store(ref gradient, i);
                    Unsafe.Add(ref gradient, label) -= atLabel * Rows.Scale;
                }
            }
        }

        /// <summary>The weights of the classes from <paramref name="index"/> on, 0 beyond the last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T OfClasses<T>(nint index) where T : struct, ILanes<T> =>
            T.First(Rows.Size - (int)index, Classes.Load<T>(index), T.All(0));
    }
}
