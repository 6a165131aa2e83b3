using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Binary cross-entropy in which what is clear already counts little.</summary>
/// <remarks>
/// With <c>s(x) = log(1 + eˣ)</c>, of which <c>σ(−x) = exp(−s(x))</c>, a yes has the loss <c>α·exp(−γ·s(x))·s(−x)</c> and the derivative
/// <c>−α·exp(−γ·s(x))·(γ·σ(x)·s(−x) + σ(−x))</c>; a no is the same with −x and 1 − α.
/// </remarks>
internal sealed class FocalLoss(float alpha, float gamma) : ElementLoss<FocalLoss.Formula>(new(alpha, gamma))
{
    public override OutputForm Expects => OutputForm.Raw;

    internal override LossDescription Description => new(LossKind.Focal) { Alpha = alpha, Gamma = gamma };

    internal override string? Mismatch(NetworkDefinition network) => network.OutputForm == OutputForm.Raw
        ? null
        : "it contains the sigmoid, and takes outputs as they are; remove the last layer, which turns them into probabilities";

    internal override int FirstWrong(ReadOnlySpan<float> targets, Shape outputs) => targets.IndexOfAnyExceptInRange(0, 1);

    internal override string TargetRule(Shape outputs) => "a probability, from 0 for no to 1 for yes, is expected";

    internal readonly struct Formula(float alpha, float gamma) : IElementFormula
    {
        public static bool Decides => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>
        {
            T zero = T.All(0), one = T.All(1), negative = zero - output, factor = T.All(gamma);
            T e = Exponential.OfNonPositive(zero - T.AtLeast(negative, output)), log = Logarithm.OfOnePlus(e);
            T larger = one / (one + e), smaller = e * larger;
            T sigmoid = T.WhereLess(output, zero, smaller) + (larger - T.WhereLess(output, zero, larger));
            T ofNegative = T.WhereLess(output, zero, larger) + (smaller - T.WhereLess(output, zero, smaller));
            T softplus = T.AtLeast(zero, output) + log, softminus = T.AtLeast(zero, negative) + log;
            T yes = T.All(alpha) * target * Exponential.OfNonPositive(zero - (factor * softplus));
            T no = T.All(1 - alpha) * (one - target) * Exponential.OfNonPositive(zero - (factor * softminus));
            value = T.MultiplyAdd(yes, softminus, no * softplus);
            slope = (no * T.MultiplyAdd(factor * ofNegative, softplus, sigmoid)) - (yes * T.MultiplyAdd(factor * sigmoid, softminus, ofNegative));
        }

        /// <summary>The sigmoid is above ½ where the output is above 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Right<T>(T output, T target) where T : struct, ILanes<T> => YesOrNo.Right(output, target);
    }
}
