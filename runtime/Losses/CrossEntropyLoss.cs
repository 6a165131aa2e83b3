using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using NetGen.Engine;

namespace NetGen;

/// <summary>Log-softmax and negative log-likelihood in one.</summary>
/// <remarks>
/// With m the row's largest value, eᵢ = exp(xᵢ − m) and s = Σeᵢ, the loss is <c>log s − (x_label − m)</c> and its gradient <c>eᵢ/s − [i = label]</c>.
/// Every s lies in [1, Size], so the s of many rows are multiplied in double precision and one logarithm serves them all.
/// With label smoothing ε the label's 1 becomes 1 − ε, and ε/Size is added at every class.
/// </remarks>
internal sealed class CrossEntropyLoss(LossWeights classWeights, float labelSmoothing, int? ignoreIndex = null) : ClassLoss(classWeights, ignoreIndex)
{
    private const double NearlyTooLarge = 1e250;

    public override OutputForm Expects => OutputForm.Raw | OutputForm.LogSoftmax;

    internal override LossDescription Description => new(LossKind.CrossEntropy) { LabelSmoothing = labelSmoothing, Weight = ClassWeights.Values, IgnoreIndex = IgnoreIndex };

    protected override string Advice(OutputForm last) => last == OutputForm.Softmax
        ? "it contains the softmax; remove [Softmax], and take it of what Predict gives"
        : "it takes outputs as they are; remove [Sigmoid], or use Loss.BinaryCrossEntropy without it where each output is a yes or no of its own";

    internal override LossTally Evaluate(in LossRows rows)
    {
        if (ClassWeights.Count > 0 || rows.HasWeights || IgnoreIndex is not null)
            return WeightedCrossEntropyRows.Evaluate(rows, ClassWeights, labelSmoothing, IgnoreIndex);
        // A single class is certain however its label is spread, which rounding should not call into doubt.
        var loop = new Loop { Rows = rows, Smoothing = rows.Size == 1 ? 0 : labelSmoothing };
        if (rows.Stride == 16 && Avx512F.IsSupported)
            loop.RunShort<Lanes512>();
        else
            LaneJob.RunWidest(ref loop);
        return new LossTally(loop.Sum, loop.Correct);
    }

    private ref struct Loop : ILaneJob
    {
        public LossRows Rows;
        public float Smoothing;
        public double Sum;
        public int Correct;

        /// <summary>Rows of one vector: everything stays in registers, and the processor overlaps one row with the next.</summary>
        public void RunShort<T>() where T : struct, ILanes<T>
        {
            // 16²⁰⁰ is within double precision, and no call stands between the rows of a block.
            const int Block = 200;
            for (var from = 0; from < Rows.Count; from += Block)
            {
                double product = RunBlock<T>(from, Math.Min(Rows.Count, from + Block));
                Sum += Math.Log(product);
            }
        }

        /// <summary>Adds all but the logarithms, and returns the product that they are of.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double RunBlock<T>(int from, int to) where T : struct, ILanes<T>
        {
            int size = Rows.Size;
            ref float outputs = ref Rows.Outputs;
            ref float gradients = ref Rows.Gradients;
            ref int labels = ref Rows.Labels;
            bool hasGradients = Rows.HasGradients;
            T nothing = T.All(float.NegativeInfinity);
            float kept = 1 - Smoothing, spread = Smoothing / size, scale = Rows.Scale, atLabel = -kept * scale;
            T everywhere = T.First(size, T.All(-spread * scale), T.All(0));
            double product = 1, sum = 0;
            var correct = 0;
            for (nint n = from; n < to; n++)
            {
                ref float row = ref Unsafe.Add(ref outputs, n * 16);
                int label = (int)Math.Min((uint)Unsafe.Add(ref labels, n), (uint)(size - 1)); // As Rows.Label does it.
                T x = T.First(size, T.Load(ref row, 0), nothing);
                float max = x.Max();
                T shifted = x - T.All(max);
                T e = Exponential.OfNonPositive(shifted);
                float total = e.Sum();
                product *= total;
                float labelled = Unsafe.Add(ref row, label) - max;
                sum -= Smoothing == 0 ? labelled : (kept * labelled) + (spread * T.First(size, shifted, T.All(0)).Sum());
                // Not-a-number may hide from the maximum, but not from the sum.
                if (BitOperations.TrailingZeroCount(x.EqualBits(T.All(max))) == label && !float.IsNaN(total))
                    correct++;
                if (hasGradients)
                {
                    ref float gradient = ref Unsafe.Add(ref gradients, n * 16);
                    T.MultiplyAdd(e, T.All(scale / total), everywhere).Store(ref gradient, 0);
                    Unsafe.Add(ref gradient, label) += atLabel;
                }
            }
            Sum += sum;
            Correct += correct;
            return product;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            int size = Rows.Size, stride = Rows.Stride;
            T nothing = T.All(float.NegativeInfinity), zero = T.All(0);
            float kept = 1 - Smoothing, spread = Smoothing / size;
            double product = 1, sum = 0;
            for (nint n = 0; n < Rows.Count; n++)
            {
                ref float row = ref Unsafe.Add(ref Rows.Outputs, n * stride);
                int label = Rows.Label(n);
                float max = LogitRow.Largest<T>(ref row, size);
                float labelled = Unsafe.Add(ref row, label) - max;
                T sums = zero, shifts = zero;
                for (nint i = 0; i < stride; i += T.Count)
                {
                    T shifted = T.First(size - (int)i, T.Load(ref row, i), nothing) - T.All(max);
                    T e = Exponential.OfNonPositive(shifted);
                    sums += e;
                    if (Smoothing != 0)
                        shifts += T.First(size - (int)i, shifted, zero);
                    if (Rows.HasGradients)
                        e.Store(ref Unsafe.Add(ref Rows.Gradients, n * stride), i);
                }
                float total = sums.Sum();
                product *= total;
                sum -= Smoothing == 0 ? labelled : (kept * labelled) + (spread * shifts.Sum());
                if (product > NearlyTooLarge)
                {
                    sum += Math.Log(product);
                    product = 1;
                }
                if (LogitRow.IsRight(ref row, label, max, total))
                    Correct++;
                if (Rows.HasGradients)
                {
                    ref float gradient = ref Unsafe.Add(ref Rows.Gradients, n * stride);
                    T factor = T.All(Rows.Scale / total), everywhere = T.All(-spread * Rows.Scale);
                    for (nint i = 0; i < stride; i += T.Count)
                        T.MultiplyAdd(T.Load(ref gradient, i), factor, T.First(size - (int)i, everywhere, zero)).Store(ref gradient, i);
                    Unsafe.Add(ref gradient, label) -= kept * Rows.Scale;
                }
            }
            Sum = sum + Math.Log(product);
        }
    }
}
