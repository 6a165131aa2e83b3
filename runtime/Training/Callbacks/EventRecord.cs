using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace NetGen;

/// <summary>
/// Records of TensorBoard's event files: each is a TFRecord (length, its checksum, the bytes, their checksum, little-endian), the bytes a protocol buffer
/// <c>tensorflow.Event</c> (tensorflow/core/util/event.proto).
/// </summary>
internal static class EventRecord
{
    // Numbers of fields with their types, as event.proto and summary.proto have them.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7, Value = 1, Tag = 1, SimpleValue = 2, Status = 1;

    private const int SessionStart = 1;

    /// <summary>The first record of a file.</summary>
    public static byte[] OfVersion() => Framed(0, output =>
    {
        output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
        output.WriteString("brain.Event:2");
    });

    /// <summary>A run goes on from a step: what was written before of later ones is to be forgotten.</summary>
    public static byte[] OfStart(long step) => Framed(step, output =>
    {
        output.WriteTag(SessionLog, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(session =>
        {
            session.WriteTag(Status, WireFormat.WireType.Varint);
            session.WriteInt32(SessionStart);
        }));
    });

    /// <summary>Numbers by their names; those that are null are left out.</summary>
    public static byte[] OfScalars(long step, ReadOnlySpan<(string Tag, double? Value)> scalars)
    {
        (string Tag, double? Value)[] given = scalars.ToArray();
        return Framed(step, output =>
        {
            output.WriteTag(Summary, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Message(summary =>
            {
                foreach ((string tag, double? value) in given)
                {
                    if (value is not { } number)
                        continue;
                    summary.WriteTag(Value, WireFormat.WireType.LengthDelimited);
                    summary.WriteBytes(Message(one =>
                    {
                        one.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
                        one.WriteString(tag);
                        one.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
                        one.WriteFloat((float)number);
                    }));
                }
            }));
        });
    }

    private static byte[] Framed(long step, Action<CodedOutputStream> write)
    {
        ByteString data = Message(output =>
        {
            output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds);
            output.WriteTag(Step, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            write(output);
        });
        var record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedSum(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record, sizeof(ulong) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedSum(data.Span));
        return record;
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(stream.ToArray());
    }

    /// <summary>CRC-32C, turned and moved as TFRecords have it (tensorflow/core/lib/hash/crc32c.h).</summary>
    private static uint MaskedSum(ReadOnlySpan<byte> bytes)
    {
        uint sum = ~0u;
        foreach (byte one in bytes)
            sum = BitOperations.Crc32C(sum, one);
        sum = ~sum;
        return BitOperations.RotateRight(sum, 15) + 0xA282EAD8;
    }
}
