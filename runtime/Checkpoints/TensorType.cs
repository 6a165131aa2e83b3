using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>A type of numbers in a safetensors file.</summary>
public sealed class TensorType
{
    private readonly Reader? read;
    private readonly Writer? write;

    private TensorType(string name, int size, Reader? read = null, Writer? write = null)
    {
        Name = name;
        Size = size;
        this.read = read;
        this.write = write;
    }

    private delegate float Reader(ReadOnlySpan<byte> source);

    private delegate void Writer(Span<byte> target, float value);

    /// <summary>IEEE 754 binary64; reading rounds to float.</summary>
    public static TensorType F64 { get; } = new("F64", 8,
        source => (float)BinaryPrimitives.ReadDoubleLittleEndian(source),
        (target, value) => BinaryPrimitives.WriteDoubleLittleEndian(target, value));

    /// <summary>IEEE 754 binary32.</summary>
    public static TensorType F32 { get; } = new("F32", 4, BinaryPrimitives.ReadSingleLittleEndian, BinaryPrimitives.WriteSingleLittleEndian);

    /// <summary>IEEE 754 binary16; writing rounds to nearest even.</summary>
    public static TensorType F16 { get; } = new("F16", 2,
        source => (float)BinaryPrimitives.ReadHalfLittleEndian(source),
        (target, value) => BinaryPrimitives.WriteHalfLittleEndian(target, (Half)value));

    /// <summary>The upper half of a binary32; writing rounds to nearest even.</summary>
    public static TensorType BF16 { get; } = new("BF16", 2,
        source => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(source) << 16),
        (target, value) => BinaryPrimitives.WriteUInt16LittleEndian(target, ToBFloat16(value)));

    /// <summary>64-bit whole numbers, as PyTorch counts the batches of a normalisation.</summary>
    public static TensorType I64 { get; } = new("I64", 8,
        source => BinaryPrimitives.ReadInt64LittleEndian(source),
        (target, value) => BinaryPrimitives.WriteInt64LittleEndian(target, (long)value));

    /// <summary>Every type of the format, by name; those without a property here can be listed but not read as floats.</summary>
    public static FrozenDictionary<string, TensorType> All { get; } = new TensorType[]
    {
        F64, F32, F16, BF16, I64,
        new("I32", 4), new("I16", 2), new("I8", 1),
        new("U64", 8), new("U32", 4), new("U16", 2), new("U8", 1),
        new("BOOL", 1), new("F8_E4M3", 1), new("F8_E5M2", 1), new("F8_E8M0", 1), new("C64", 8),
    }.ToFrozenDictionary(type => type.Name);

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>Bytes per number.</summary>
    public int Size { get; }

    /// <summary>Whether its numbers can be read as floats and written from them.</summary>
    public bool ConvertsToFloat => read is not null;

    /// <summary>Whether it holds fractions, as weights do.</summary>
    public bool IsFloatingPoint => ConvertsToFloat && this != I64;

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal void Decode(ReadOnlySpan<byte> source, Span<float> target)
    {
        if (this == F32 && BitConverter.IsLittleEndian)
        {
            source[..(target.Length * Size)].CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }
        Reader one = read ?? throw new NotSupportedException($"Numbers of type {Name} cannot be read as floats.");
        for (int i = 0; i < target.Length; i++)
            target[i] = one(source.Slice(i * Size, Size));
    }

    internal void Encode(ReadOnlySpan<float> source, Span<byte> target)
    {
        if (this == F32 && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(source).CopyTo(target);
            return;
        }
        Writer one = write ?? throw new NotSupportedException($"Floats cannot be written as numbers of type {Name}.");
        for (int i = 0; i < source.Length; i++)
            one(target.Slice(i * Size, Size), source[i]);
    }

    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        // A NaN whose payload lies in the lower half only would round to infinity.
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
