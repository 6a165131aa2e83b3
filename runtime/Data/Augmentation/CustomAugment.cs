using System.Numerics.Tensors;

namespace NetGen;

/// <summary>A user's change.</summary>
/// <param name="Change">What is called.</param>
internal sealed record CustomAugment(SampleChange Change) : PointAugment(OfUnit: true)
{
    internal override void Apply(in AugmentedSample sample)
    {
        StreamRandom random = sample.By.RandomFrom(ref sample.Random);
        Change(sample.Values, sample.By.Shape, random);
        // One such value would make all weights of a network not-a-number, and nobody would know where it came from.
        if (!TensorPrimitives.IsFiniteAll<float>(sample.Values))
            throw new InvalidOperationException("A custom augmentation made a value of a sample that is no finite number.");
    }
}
