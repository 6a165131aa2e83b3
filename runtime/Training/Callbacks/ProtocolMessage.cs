using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NetGen;

/// <summary>The bytes of a protocol buffer, field by field (protobuf.dev, Encoding): the few types that event files need, so that the library depends on no other for them.</summary>
internal sealed class ProtocolMessage
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>A whole number; negative ones take ten bytes.</summary>
    public ProtocolMessage Integer(int field, long value) => Key(field, Varint).Number(unchecked((ulong)value));

    public ProtocolMessage Double(int field, double value)
    {
        Key(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
        return this;
    }

    public ProtocolMessage Single(int field, float value)
    {
        Key(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
        bytes.Advance(sizeof(float));
        return this;
    }

    public ProtocolMessage Text(int field, string value) => Run(field, Encoding.UTF8.GetBytes(value));

    public ProtocolMessage Message(int field, ProtocolMessage value) => Run(field, value.Bytes);

    /// <summary>The fields of another one behind its own.</summary>
    public ProtocolMessage Append(ProtocolMessage other)
    {
        bytes.Write(other.Bytes);
        return this;
    }

    private ProtocolMessage Run(int field, ReadOnlySpan<byte> value)
    {
        Key(field, LengthDelimited).Number((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    private ProtocolMessage Key(int field, int type) => Number((ulong)((field << 3) | type));

    /// <summary>Seven bits a byte, the lowest first; all but the last byte have the eighth.</summary>
    private ProtocolMessage Number(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            bytes.Write([(byte)(value | 0x80)]);
        bytes.Write([(byte)value]);
        return this;
    }
}
