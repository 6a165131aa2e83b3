namespace NetGen;

/// <summary>Changes a sample in place, for <see cref="Augment.Custom"/>.</summary>
/// <param name="sample">The sample's values, in row-major order of its shape; of images 0 is black and 1 full light, whatever the set was normalised to.</param>
/// <param name="shape">The sample's shape.</param>
/// <param name="random">
/// The source of all that is random in it: fixed by the seed, the epoch and the sample, so that a run can be repeated. Not to be kept.
/// </param>
public delegate void SampleChange(Span<float> sample, Shape shape, Random random);
