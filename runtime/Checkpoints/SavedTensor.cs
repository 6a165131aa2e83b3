using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name, unlike all others of the file.</param>
/// <param name="Shape">Its shape; rank 0 for a single number.</param>
/// <param name="Values">Its values in row-major order, as many as the shape says.</param>
public sealed record SavedTensor(string Name, Shape Shape, ReadOnlyMemory<float> Values)
{
    private const int PartFloats = 1 << 18;

    /// <summary>A single number of 64 bits, which a float would round beyond 2²⁴.</summary>
    internal static SavedTensor Whole(string name, long value) => new(name, new Shape(), new float[] { value }) { Type = TensorType.I64, Exact = value };

    /// <summary>A parameter, which is brought into row-major order part by part while it is written.</summary>
    /// <param name="parameter">The parameter; its layout is of its shape, and lies in the buffer.</param>
    /// <param name="flat">The buffer of the kernels.</param>
    internal static SavedTensor Of(ParameterDefinition parameter, ReadOnlyMemory<float> flat) =>
        new(parameter.Name, parameter.Shape, default(ReadOnlyMemory<float>)) { Parameter = parameter, Flat = flat };

    /// <summary>The value of a single number, where a float may not hold it.</summary>
    internal long? Exact { get; private init; }

    /// <summary>How many values there are.</summary>
    internal int Count => Parameter is null ? Values.Length : Parameter.Shape.Size;

    /// <summary>The type to write: one that converts from float. F32 where nothing else is said.</summary>
    public TensorType Type { get; init; } = TensorType.F32;

    private ParameterDefinition? Parameter { get; init; }

    private ReadOnlyMemory<float> Flat { get; init; }

    /// <summary>The values part by part, each valid until the next.</summary>
    internal IEnumerable<ReadOnlyMemory<float>> Parts()
    {
        if (Parameter is null)
        {
            yield return Values;
            yield break;
        }
        float[] ordered = [];
        foreach (LayoutPart part in StridedLayout.Parts(Parameter.Layout, PartFloats))
        {
            // The first is the largest.
            if (ordered.Length == 0)
                ordered = new float[part.Count];
            StridedLayout.Gather(
                part.Layout, ref MemoryMarshal.GetReference(Flat.Span[(Parameter.Offset + (int)part.Kernel)..]), ordered.AsSpan(0, part.Count));
            yield return ordered.AsMemory(0, part.Count);
        }
    }
}
