namespace NetGen;

/// <summary>Normally distributed numbers added.</summary>
/// <param name="Std">Their standard deviation.</param>
internal sealed record NoiseAugment(float Std) : PointAugment(OfUnit: false)
{
    internal override void Apply(in AugmentedSample sample)
    {
        Span<float> values = sample.Values, noise = sample.By.Spare(values.Length);
        NormalNumbers.Fill(noise, ref sample.Random);
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(noise, Std, values, values);
    }
}
