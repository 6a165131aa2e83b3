namespace NetGen;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name, unlike all others of the file.</param>
/// <param name="Shape">Its shape; rank 0 for a single number.</param>
/// <param name="Values">Its values in row-major order, as many as the shape says.</param>
public sealed record SavedTensor(string Name, Shape Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>The type to write: one that converts from float. F32 where nothing else is said.</summary>
    public TensorType Type { get; init; } = TensorType.F32;
}
