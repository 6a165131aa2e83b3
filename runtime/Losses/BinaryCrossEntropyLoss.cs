using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Sigmoid and binary cross-entropy in one.</summary>
/// <remarks>
/// With <c>softplus(x) = log(1 + eˣ) = max(x, 0) + log1p(e^−|x|)</c> the loss is <c>(1 − t)·softplus(x) + posWeight·t·softplus(−x)</c>: no
/// exponential overflows, and no term cancels another, so that small losses are exact too. The derivative is
/// <c>(1 − t)·σ(x) − posWeight·t·σ(−x)</c>.
/// </remarks>
internal sealed class BinaryCrossEntropyLoss(LossWeights posWeight, LossWeights weight)
    : ElementLoss<BinaryCrossEntropyLoss.Formula>(new(posWeight, weight))
{
    public override OutputForm Expects => OutputForm.Raw;

    internal override LossDescription Description => new(LossKind.BinaryCrossEntropy) { Weight = weight.Values, PosWeight = posWeight.Values };

    internal override string? Mismatch(NetworkDefinition network) => network.OutputForm switch
    {
        OutputForm.Raw => Counts(posWeight, "positive weight", network) ?? Counts(weight, "output weight", network),
        OutputForm.Sigmoid => "it contains the sigmoid; remove [Sigmoid], and take it of what Predict gives",
        _ => "it takes each output as a yes or no of its own; remove the softmax, or use Loss.CrossEntropy without it to choose one class",
    };

    internal override int FirstWrong(ReadOnlySpan<float> targets, Shape outputs) => targets.IndexOfAnyExceptInRange(0, 1);

    internal override string TargetRule(Shape outputs) => "a probability, from 0 for no to 1 for yes, is expected";

    private static string? Counts(LossWeights weights, string name, NetworkDefinition network) =>
        weights.Count == 1 ? null : weights.Mismatch(name, network.OutputShape.Size);

    internal readonly struct Formula(LossWeights posWeight, LossWeights weight) : IElementFormula
    {
        public static bool Decides => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>
        {
            T zero = T.All(0), one = T.All(1), negative = zero - output;
            T e = Exponential.OfNonPositive(zero - T.AtLeast(negative, output));
            // Those of |x| and of −|x|; which of the two is that of x, its sign says.
            T larger = one / (one + e), smaller = e * larger, log = Logarithm.OfOnePlus(e);
            T sigmoid = T.WhereLess(output, zero, smaller) + (larger - T.WhereLess(output, zero, larger));
            T ofNegative = T.WhereLess(output, zero, larger) + (smaller - T.WhereLess(output, zero, smaller));
            T factor = weight.Load<T>(index), no = factor * (one - target), yes = factor * posWeight.Load<T>(index) * target;
            value = T.MultiplyAdd(no, T.AtLeast(zero, output) + log, yes * (T.AtLeast(zero, negative) + log));
            slope = (no * sigmoid) - (yes * ofNegative);
        }

        /// <summary>The sigmoid is above ½ where the output is above 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Right<T>(T output, T target) where T : struct, ILanes<T> => YesOrNo.Right(output, target);
    }
}
