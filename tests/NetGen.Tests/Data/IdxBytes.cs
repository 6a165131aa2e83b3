using System.IO.Compression;

namespace NetGen.Tests.Data;

/// <summary>IDX files put together byte by byte.</summary>
internal static class IdxBytes
{
    public static byte[] File(uint[] extents, byte[] values, byte type = 8) =>
        [0, 0, type, (byte)extents.Length, .. extents.SelectMany(extent => new[] { (byte)(extent >> 24), (byte)(extent >> 16), (byte)(extent >> 8), (byte)extent }), .. values];

    public static byte[] Images(int count, int side = 28) =>
        File([(uint)count, (uint)side, (uint)side], [.. Enumerable.Range(0, count * side * side).Select(i => (byte)(i * 7))]);

    public static byte[] Labels(params byte[] labels) => File([(uint)labels.Length], labels);

    public static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
