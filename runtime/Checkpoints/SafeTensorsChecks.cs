using System.Collections.Immutable;
using System.Text;

namespace NetGen;

/// <summary>Refuses to write what <see cref="SafeTensorsFile"/> would refuse to read, or would read otherwise.</summary>
internal static class SafeTensorsChecks
{
    /// <summary>The tensors' entries in the header, one after the other.</summary>
    /// <exception cref="ArgumentException">A tensor cannot be written; the message names it.</exception>
    public static ImmutableArray<TensorEntry> Entries(SavedTensor[] tensors)
    {
        var names = new HashSet<string>();
        ImmutableArray<TensorEntry>.Builder entries = ImmutableArray.CreateBuilder<TensorEntry>(tensors.Length);
        long begin = 0;
        foreach (SavedTensor tensor in tensors)
        {
            Name("A tensor's name", tensor.Name, nameof(tensors));
            if (!names.Add(tensor.Name) || tensor.Name == SafeTensorsHeader.MetadataKey)
                throw Fault($"The name '{Shown.Text(tensor.Name)}' is taken; every tensor needs one of its own.");
            string name = $"Tensor '{Shown.Text(tensor.Name)}'";
            if (tensor.Shape.Rank > SafeTensorsHeader.MaxRank)
                throw Fault($"{name} has {tensor.Shape.Rank} dimensions; {SafeTensorsHeader.MaxRank} are allowed.");
            ImmutableArray<long> extents = [.. tensor.Shape.Extents.Select(extent => (long)extent)];
            if (Size(extents) is var size && size != tensor.Count)
            {
                throw Fault(
                    $"{name} of shape {Shown.Shape(extents)} needs {(size > long.MaxValue ? "2^63 or more" : size)} values, {tensor.Count} are given.");
            }
            if (!tensor.Type.ConvertsToFloat)
                throw Fault($"{name} cannot be written as {tensor.Type}: floats do not convert to it.");
            if (tensor.Type == TensorType.I64 && tensor.Exact is null)
                WholeNumbers(name, tensor.Values.Span);
            long end = begin + ((long)tensor.Count * tensor.Type.Size);
            entries.Add(new(tensor.Name, tensor.Type, extents, begin, end));
            begin = end;
        }
        return entries.MoveToImmutable();
    }

    /// <summary>A copy of the metadata.</summary>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    public static ImmutableDictionary<string, string> Metadata(IReadOnlyDictionary<string, string> metadata)
    {
        ImmutableDictionary<string, string> copy = metadata.ToImmutableDictionary();
        if (copy.Count > SafeTensorsHeader.MaxMetadata)
            throw new ArgumentException($"The metadata has {copy.Count} entries; {SafeTensorsHeader.MaxMetadata} are allowed.", nameof(metadata));
        foreach ((string key, string value) in copy)
        {
            Name("A key of the metadata", key, nameof(metadata));
            if (value is null)
                throw new ArgumentException($"The metadata's text for '{Shown.Text(key)}' is null.", nameof(metadata));
            if (!IsText(value))
                throw new ArgumentException($"The metadata's text for '{Shown.Text(key)}' holds half of a surrogate pair, which no file can.", nameof(metadata));
        }
        return copy;
    }

    private static void Name(string what, string name, string parameter)
    {
        if (name is null)
            throw new ArgumentException($"{what} is null.", parameter);
        if (name.Length > SafeTensorsHeader.MaxName)
            throw new ArgumentException($"{what}, '{Shown.Text(name)}', has {name.Length} characters; {SafeTensorsHeader.MaxName} are allowed.", parameter);
        if (!IsText(name))
            throw new ArgumentException($"{what}, '{Shown.Text(name)}', holds half of a surrogate pair, which no file can.", parameter);
    }

    private static bool IsText(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[consumed..];
        }
        return true;
    }

    /// <summary>Elements of a shape; where they are 2⁶³ or more, some number above that.</summary>
    private static Int128 Size(ImmutableArray<long> extents)
    {
        Int128 size = 1;
        foreach (long extent in extents)
        {
            if (size <= long.MaxValue)
                size *= extent;
        }
        return size;
    }

    private static void WholeNumbers(string name, ReadOnlySpan<float> values)
    {
        const float Limit = 9223372036854775808f;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsInteger(values[i]) || values[i] < -Limit || values[i] >= Limit)
                throw Fault(FormattableString.Invariant($"{name} holds {values[i]} at index {i}, which is no whole number of 64 bits."));
        }
    }

    private static ArgumentException Fault(string message) => new(message, "tensors");
}
