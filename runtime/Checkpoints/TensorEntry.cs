using System.Collections.Immutable;

namespace NetGen;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its name, for example <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Extents">Its shape, outermost first; empty for a single number, and an extent may be 0.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
public sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<long> Extents, long Begin, long End)
{
    /// <summary>How many numbers it holds.</summary>
    public long Count => (End - Begin) / Type.Size;

    /// <summary>The shape as PyTorch prints it, for example <c>[6, 1, 5, 5]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Extents)}]";
}
