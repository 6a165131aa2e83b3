using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Fuzzing;

/// <summary>Changes files at random, in the ways that hurt parsers.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 7, 8, 0x20, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        100_000_000, 100_000_001, long.MaxValue, 1UL << 63, ulong.MaxValue,
    ];

    private static readonly string[] Words =
    [
        "0", "-1", "1e9", "65536", "65537", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "99999999999999999999999", "null", "[", "]", "{", "}", "\"", "\\ud800", "\\u0000", ",", ":", "\n", "#", " ", "\0", "NaN",
    ];

    /// <summary>One of the files with one to six changes.</summary>
    public byte[] Of(IReadOnlyList<byte[]> seeds)
    {
        List<byte> file = [.. seeds[random.Next(seeds.Count)]];
        for (int changes = random.Next(1, 7); changes > 0; changes--)
            Change(file, seeds);
        return [.. file];
    }

    private void Change(List<byte> file, IReadOnlyList<byte[]> seeds)
    {
        int at = random.Next(file.Count + 1), length = Math.Min(random.Next(1, 33), file.Count - at);
        switch (random.Next(10))
        {
            case 0 when at < file.Count:
                file[at] = (byte)random.Next(256);
                break;
            case 1 when at < file.Count:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                Overwrite(file, at, Number());
                break;
            case 3:
                file.RemoveRange(at, length);
                break;
            case 4:
                file.RemoveRange(at, file.Count - at);
                break;
            case 5:
                file.InsertRange(at, file.GetRange(at, length));
                break;
            case 6:
                file.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 300)));
                break;
            case 7:
                file.InsertRange(at, Word());
                break;
            case 8:
                ReplaceDigits(file, at);
                break;
            default:
                byte[] other = seeds[random.Next(seeds.Count)];
                int from = random.Next(other.Length + 1);
                file.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 65))]);
                break;
        }
    }

    private byte[] Number()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Numbers[random.Next(Numbers.Length)]);
        byte[] number = bytes[..(1 << random.Next(4))];
        if (random.Next(2) == 0)
            Array.Reverse(number);
        return number;
    }

    private byte[] Word() => Encoding.ASCII.GetBytes(Words[random.Next(Words.Length)]);

    private static void Overwrite(List<byte> file, int at, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length && at + i < file.Count; i++)
            file[at + i] = bytes[i];
    }

    /// <summary>Another word for the next number that is written in digits.</summary>
    private void ReplaceDigits(List<byte> file, int at)
    {
        int start = file.FindIndex(at, IsDigit);
        if (start < 0)
            return;
        int end = file.FindIndex(start, one => !IsDigit(one));
        file.RemoveRange(start, (end < 0 ? file.Count : end) - start);
        file.InsertRange(start, Word());
    }

    private static bool IsDigit(byte one) => one is >= (byte)'0' and <= (byte)'9';
}
