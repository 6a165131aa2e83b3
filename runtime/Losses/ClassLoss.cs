using NetGen.Engine;

namespace NetGen;

/// <summary>A loss that compares outputs, one for each class, with a class label.</summary>
internal abstract class ClassLoss(LossWeights classWeights, int? ignoreIndex = null) : Loss
{
    public sealed override bool TakesLabels => true;

    /// <summary>How much each class counts.</summary>
    protected LossWeights ClassWeights => classWeights;

    internal sealed override int Decisions(Shape outputs) => 1;

    internal sealed override int? IgnoreIndex => ignoreIndex;

    internal sealed override string? Mismatch(NetworkDefinition network) =>
        Classes.Mismatch(network) ?? (Expects.HasFlag(network.OutputForm) ? classWeights.Mismatch("class weight", network.OutputShape.Size) : Advice(network.OutputForm));

    internal sealed override double TotalWeight(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, int count, ReadOnlySpan<float> targets = default) =>
        classWeights.Count == 0 && ignoreIndex is null ? base.TotalWeight(labels, weights, count) : classWeights.Total(labels, weights, ignoreIndex);

    /// <summary>What to do about a last layer that it does not go with.</summary>
    protected abstract string Advice(OutputForm last);
}
