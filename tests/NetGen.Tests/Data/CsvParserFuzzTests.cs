using System.Text;

namespace NetGen.Tests.Data;

/// <summary>
/// Damaged tables: the documented exception and nothing else, and no more memory than 64 times the file and 64 MiB. <c>NETGEN_MUTATIONS</c> says
/// how many are tried, 2,000 unless it is set.
/// </summary>
public sealed class CsvParserFuzzTests
{
    private static readonly string[] Seeds =
    [
        "rooms,area,price\n3,70.5,210\n5,120,395\n",
        "x,label\r\n1,\"a \"\"b\"\"\r\nc\"\r\n2,d\r\n,?\r\n",
        "\uFEFFx,label\n1e-3,\n-7,\"\"\n",
    ];

    private static readonly CsvOptions[] Ways =
    [
        new(), new() { Missing = CsvMissing.SkipRow }, new() { Missing = CsvMissing.Mean }, new() { HasHeader = false, Missing = CsvMissing.Mean },
        new() { Delimiter = ';' },
    ];

    [Fact]
    public void DamagedTablesGiveTheDocumentedExceptionOnly()
    {
        int mutations = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_MUTATIONS"), out int asked) ? asked : 2000;
        var random = new Random(20);
        int read = 0, refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            byte[] bytes = Mutate(random, Encoding.UTF8.GetBytes(random.GetItems(Seeds, 1)[0]));
            CsvOptions options = random.GetItems(Ways, 1)[0];
            bool isLabel = random.Next(2) == 0;
            string column = options.HasHeader ? random.GetItems(["price", "label", "x"], 1)[0] : $"{random.Next(1, 4)}";
            CsvFile file = CsvFile.Of("fuzz.csv", isLabel ? null : column, isLabel ? column : null, null, null, null, options);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                DataSet data = file.Read(new MemoryStream(bytes));
                data.Inputs.ToArray().ShouldAllBe(value => float.IsFinite(value));
                read++;
            }
            catch (DataFormatException exception)
            {
                exception.Message.Length.ShouldBeLessThan(2000);
                refused++;
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            allocated.ShouldBeLessThan((64L * bytes.Length) + (64L << 20));
        }
        // Both happen, or nothing was tried.
        read.ShouldBeGreaterThan(mutations / 100);
        refused.ShouldBeGreaterThan(mutations / 100);
    }

    /// <summary>The forms that make most of few bytes: many columns, many rows, many classes, one field.</summary>
    [Theory]
    [InlineData("a,", 1 << 19, "")]
    [InlineData(",", 1 << 22, "\n1")]
    [InlineData("1\n", 1 << 20, "x,y")]
    [InlineData("", 0, "x,y\n\"")]
    public void MemoryStaysInProportion(string piece, int times, string end)
    {
        var text = new StringBuilder(end.StartsWith('x') ? end + "\n" : "");
        text.Insert(text.Length, piece, times).Append(end);
        Bounded(text.ToString());
    }

    [Fact]
    public void MemoryStaysInProportionForManyClasses()
    {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 70_000; i++)
            text.Append("1,").Append(i).Append('\n');
        Bounded(text.ToString()).ShouldContain("at most 65536 classes are read");
    }

    private static string Bounded(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string message = "";
        foreach (CsvOptions options in Ways)
        {
            CsvFile file = CsvFile.Of("fuzz.csv", null, options.HasHeader ? "y" : "2", null, null, null, options);
            long before = GC.GetAllocatedBytesForCurrentThread();
            message += Should.Throw<DataFormatException>(() => file.Read(new MemoryStream(bytes))).Message;
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((64L * bytes.Length) + (64L << 20));
        }
        return message;
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        ReadOnlySpan<byte> telling = "\"\",;\r\n\0?x1e-"u8;
        List<byte> changed = [.. bytes];
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int at = random.Next(changed.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < changed.Count:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.Insert(at, telling[random.Next(telling.Length)]);
                    break;
                case 2 when at < changed.Count:
                    changed.RemoveAt(at);
                    break;
                case 3:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                default:
                    changed.InsertRange(at, changed.GetRange(at, random.Next(changed.Count - at + 1)));
                    break;
            }
        }
        return [.. changed];
    }
}
