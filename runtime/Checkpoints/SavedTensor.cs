namespace NetGen;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name, unlike all others of the file.</param>
/// <param name="Shape">Its shape; rank 0 for a single number.</param>
/// <param name="Values">Its values in row-major order, as many as the shape says.</param>
public sealed record SavedTensor(string Name, Shape Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>A single number of 64 bits, which a float would round beyond 2²⁴.</summary>
    internal static SavedTensor Whole(string name, long value) => new(name, new Shape(), new float[] { value }) { Type = TensorType.I64, Exact = value };

    /// <summary>The value of a single number, where a float may not hold it.</summary>
    internal long? Exact { get; private init; }

    /// <summary>The type to write: one that converts from float. F32 where nothing else is said.</summary>
    public TensorType Type { get; init; } = TensorType.F32;
}
