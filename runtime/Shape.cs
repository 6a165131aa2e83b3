using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// The extents of a tensor, outermost first, for example [6, 1, 5, 5], which may be written so in C#: <c>Shape shape = [6, 1, 5, 5];</c>
/// Immutable; equal when all extents are.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> extents;

    /// <summary>A shape of these extents, each at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        foreach (int extent in extents)
            ArgumentOutOfRangeException.ThrowIfLessThan(extent, 1, nameof(extents));
        this.extents = [.. extents];
    }

    /// <summary>Number of dimensions.</summary>
    public int Rank => Extents.Length;

    /// <summary>Number of elements: the product of the extents, 1 for rank 0.</summary>
    public int Size => Extents.Aggregate(1, (size, extent) => checked(size * extent));

    /// <summary>The extents.</summary>
    public ImmutableArray<int> Extents => extents.IsDefault ? [] : extents;

    /// <summary>One extent, 0 the outermost.</summary>
    public int this[int dimension] => Extents[dimension];

    /// <summary>What <c>[6, 1, 5, 5]</c> stands for where a shape is expected.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public static Shape Create(ReadOnlySpan<int> extents) => new(extents);

    /// <summary>Walks the extents, outermost first.</summary>
    public ImmutableArray<int>.Enumerator GetEnumerator() => Extents.GetEnumerator();

    /// <summary>Equal extents in the same order.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Different extents.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Shape other) => Extents.AsSpan().SequenceEqual(other.Extents.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Extents.Aggregate(Rank, HashCode.Combine);

    /// <summary>The extents as PyTorch prints them: <c>[6, 1, 5, 5]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", Extents)}]");
}
