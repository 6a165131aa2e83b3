namespace NetGen;

/// <summary>A change of a sample's values.</summary>
/// <param name="OfUnit">Whether it takes values from 0 for black to 1, whatever the set's are.</param>
internal abstract record PointAugment(bool OfUnit) : Augment
{
    /// <summary>Changes a sample in place.</summary>
    internal abstract void Apply(in AugmentedSample sample);
}

/// <summary>A sample under way.</summary>
/// <param name="values">Its values.</param>
/// <param name="targets">Its targets.</param>
/// <param name="random">What is random.</param>
/// <param name="by">Who changes it.</param>
/// <param name="before">How many changes it has been through.</param>
internal readonly ref struct AugmentedSample(Span<float> values, Span<float> targets, ref RandomStream random, Augmenter by, int before)
{
    private readonly ref RandomStream random = ref random;

    public Span<float> Values { get; } = values;

    public Span<float> Targets { get; } = targets;

    public ref RandomStream Random => ref random;

    public Augmenter By { get; } = by;

    public int Before { get; } = before;
}
