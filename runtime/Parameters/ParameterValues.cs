using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// A view of a parameter's values, or of its gradient, in PyTorch's row-major order whatever the layout in memory: reads and writes go
/// through to the network, as in <c>net.Parameters["linear1.weight"].Values[0, 1] = 2;</c>
/// </summary>
public sealed class ParameterValues
{
    private readonly AlignedBuffer buffer;
    private readonly ParameterDefinition definition;
    private readonly NetworkState? written;

    /// <summary>A view of a parameter.</summary>
    /// <param name="buffer">Where its network's parameters or gradients lie.</param>
    /// <param name="definition">The parameter.</param>
    /// <param name="written">The network whose parameters writes change; null for gradients.</param>
    internal ParameterValues(AlignedBuffer buffer, ParameterDefinition definition, NetworkState? written) =>
        (this.buffer, this.definition, this.written) = (buffer, definition, written);

    /// <summary>Number of values: the shape's size.</summary>
    public int Count => definition.Shape.Size;

    private ImmutableArray<Stride> Layout => definition.Layout;

    private ref float First => ref Unsafe.Add(ref buffer.Start, definition.Offset);

    /// <summary>One value by its index in row-major order, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public float this[int index]
    {
        get => At(index);
        set
        {
            At(index) = value;
            written?.MoveVersion();
        }
    }

    /// <summary>One value by its coordinates, for example <c>weight[o, i, h, w]</c>.</summary>
    /// <exception cref="ArgumentException">There are not as many coordinates as dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate lies outside its dimension.</exception>
    public float this[params ReadOnlySpan<int> coordinates]
    {
        get => At(RowMajor(coordinates));
        set => this[RowMajor(coordinates)] = value;
    }

    /// <summary>Copies all values in row-major order to the beginning of a span.</summary>
    /// <exception cref="ArgumentException">The span is shorter than <see cref="Count"/>.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException(
                $"{definition.Name} {definition.Shape} has {Count} values, and the destination has room for {destination.Length}.", nameof(destination));
        }
        StridedLayout.Gather(Layout, ref First, destination[..Count]);
    }

    /// <summary>Overwrites all values, given in row-major order.</summary>
    /// <exception cref="ArgumentException">The span's length is not <see cref="Count"/>. Nothing has changed.</exception>
    public void Assign(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"{definition.Name} {definition.Shape} takes {Count} values, and {values.Length} are given.", nameof(values));
        StridedLayout.Scatter(Layout, values, ref First);
        written?.MoveVersion();
    }

    /// <summary>Overwrites all values with one.</summary>
    public void Fill(float value)
    {
        StridedLayout.Fill(Layout, value, ref First);
        written?.MoveVersion();
    }

    /// <summary>A copy in row-major order.</summary>
    public float[] ToArray()
    {
        var copy = new float[Count];
        CopyTo(copy);
        return copy;
    }

    /// <summary>The Euclidean norm, √Σv².</summary>
    public float Norm() => TensorPrimitives.Norm<float>(ToArray());

    private ref float At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return ref Unsafe.Add(ref First, StridedLayout.Offset(Layout, index));
    }

    private int RowMajor(ReadOnlySpan<int> coordinates)
    {
        Shape shape = definition.Shape;
        if (coordinates.Length != shape.Rank)
            throw new ArgumentException($"{definition.Name} {shape} has {shape.Rank} dimensions, and {coordinates.Length} coordinates are given.");
        var index = 0;
        for (var dimension = 0; dimension < coordinates.Length; dimension++)
        {
            int coordinate = coordinates[dimension];
            if ((uint)coordinate >= (uint)shape[dimension])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(coordinates), coordinate, $"Coordinate {dimension} of {definition.Name} {shape} must lie in [0, {shape[dimension]}).");
            }
            index = (index * shape[dimension]) + coordinate;
        }
        return index;
    }
}
