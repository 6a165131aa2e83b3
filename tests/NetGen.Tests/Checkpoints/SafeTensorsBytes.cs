using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Checkpoints;

/// <summary>Safetensors files put together byte by byte, right ones and wrong ones.</summary>
internal static class SafeTensorsBytes
{
    public static byte[] File(string header, byte[] data) => File(Encoding.UTF8.GetBytes(header), data);

    public static byte[] File(byte[] header, byte[] data, ulong? headerLength = null)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, headerLength ?? (ulong)header.Length);
        return [.. prefix, .. header, .. data];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(value =>
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new[] { (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24) };
    })];

    /// <summary>The header's text and the data of a file, by the format's own rules.</summary>
    public static (string Header, byte[] Data) Parts(byte[] file)
    {
        int length = 0;
        for (int i = 7; i >= 0; i--)
            length = length * 256 + file[i];
        return (Encoding.UTF8.GetString(file, 8, length), file[(8 + length)..]);
    }
}
