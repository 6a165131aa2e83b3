using System.Buffers.Binary;
using System.Numerics;

namespace NetGen;

/// <summary>
/// Records of TensorBoard's event files: each is a TFRecord (length, its checksum, the bytes, their checksum, little-endian), the bytes a protocol buffer
/// <c>tensorflow.Event</c> (tensorflow/core/util/event.proto).
/// </summary>
internal static class EventRecord
{
    // Numbers of fields, as event.proto and summary.proto have them.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7, Value = 1, Tag = 1, SimpleValue = 2, Status = 1;

    private const int SessionStart = 1;

    /// <summary>The first record of a file.</summary>
    public static byte[] OfVersion() => Framed(0, new ProtocolMessage().Text(FileVersion, "brain.Event:2"));

    /// <summary>A run goes on from a step: what was written before of later ones is to be forgotten.</summary>
    public static byte[] OfStart(long step) => Framed(step, new ProtocolMessage().Message(SessionLog, new ProtocolMessage().Integer(Status, SessionStart)));

    /// <summary>Numbers by their names; those that are null are left out.</summary>
    public static byte[] OfScalars(long step, ReadOnlySpan<(string Tag, double? Value)> scalars)
    {
        var summary = new ProtocolMessage();
        foreach ((string tag, double? value) in scalars)
        {
            if (value is { } number)
                summary.Message(Value, new ProtocolMessage().Text(Tag, tag).Single(SimpleValue, (float)number));
        }
        return Framed(step, new ProtocolMessage().Message(Summary, summary));
    }

    private static byte[] Framed(long step, ProtocolMessage what)
    {
        ReadOnlySpan<byte> data = new ProtocolMessage().Double(WallTime, (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds).Integer(Step, step).Append(what).Bytes;
        var record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedSum(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(sizeof(ulong) + sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedSum(data));
        return record;
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
