using NetGen.Engine;

namespace NetGen;

/// <summary>A loss that compares outputs, one for each class, with a class label.</summary>
internal abstract class ClassLoss(LossWeights classWeights) : Loss
{
    public sealed override bool TakesLabels => true;

    /// <summary>How much each class counts.</summary>
    protected LossWeights ClassWeights => classWeights;

    internal sealed override int Decisions(int outputs) => 1;

    internal sealed override string? Mismatch(NetworkDefinition network) =>
        Classes.Mismatch(network) ?? (Expects.HasFlag(network.OutputForm) ? classWeights.Mismatch("class weight", network.OutputShape.Size) : Advice(network.OutputForm));

    internal sealed override double TotalWeight(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, int count) =>
        classWeights.Count == 0 ? base.TotalWeight(labels, weights, count) : classWeights.Total(labels, weights);

    /// <summary>What to do about a last layer that it does not go with.</summary>
    protected abstract string Advice(OutputForm last);
}
