using System.Text;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private SafeTensorsFile Open(byte[] bytes) => SafeTensorsFile.Open(folder.Write("net.safetensors", bytes));

    private string Fault(byte[] bytes) => Should.Throw<WeightsException>(() => Open(bytes)).Message;

    private string FaultOfHeader(string header, int dataBytes = 8) => Fault(SafeTensorsBytes.File(header, new byte[dataBytes]));

    [Fact]
    public void AFolderIsNoFile() => Should.Throw<IOException>(() => SafeTensorsFile.Open(Path.GetTempPath())).Message.ShouldContain("is a folder");

    [Fact]
    public void ReadsAFileMadeByHand()
    {
        using SafeTensorsFile file = Open(SafeTensorsBytes.File(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},"a":{"shape":[],"data_offsets":[0,4],"dtype":"F32"}}   """,
            SafeTensorsBytes.Floats(1.5f, -2, 3)));
        file.Metadata.ShouldBe([new("format", "pt")]);
        file.Tensors.Select(tensor => $"{tensor.Name} {tensor.Type} {tensor.ShapeText} {tensor.Count}").ShouldBe(["a F32 [] 1", "b F32 [2, 1] 2"]);
        file.Read(file.Find("a")!).ShouldBe([1.5f]);
        file.Read(file.Find("b")!).ShouldBe([-2, 3]);
        file.Find("c").ShouldBeNull();
    }

    [Fact]
    public void KeepsThePathAsItWasGiven()
    {
        folder.Write("net.safetensors", SafeTensorsBytes.File("{}", []));
        string path = Path.Combine(folder.Path, ".", "net.safetensors");
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file.FilePath.ShouldBe(path);
    }

    [Fact]
    public void ReadsAFileWithoutTensorsAndATensorWithoutNumbers()
    {
        using (SafeTensorsFile file = Open(SafeTensorsBytes.File("{}", [])))
            file.Tensors.ShouldBeEmpty();
        using (SafeTensorsFile file = Open(SafeTensorsBytes.File("""{"a":{"dtype":"F32","shape":[0,9223372036854775807,2],"data_offsets":[0,0]}}""", [])))
            file.Read(file.Tensors[0]).ShouldBeEmpty();
    }

    /// <summary>Bit patterns from the definitions of the types.</summary>
    [Theory]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5f)]
    [InlineData("F32", new byte[] { 0, 0, 0xC0, 0x3F }, 1.5f)]
    [InlineData("F16", new byte[] { 0x00, 0xC0 }, -2f)]
    [InlineData("F16", new byte[] { 0x01, 0x00 }, 5.9604645e-8f)]
    [InlineData("BF16", new byte[] { 0x49, 0x40 }, 3.140625f)]
    [InlineData("I64", new byte[] { 0x2A, 1, 0, 0, 0, 0, 0, 0 }, 298f)]
    public void ConvertsNumbersToFloat(string type, byte[] bytes, float value)
    {
        using SafeTensorsFile file = Open(SafeTensorsBytes.File($$$"""{"a":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{bytes.Length}}}]}}""", bytes));
        file.Read(file.Tensors[0]).ShouldBe([value]);
    }

    [Fact]
    public void ListsButDoesNotReadTypesThatAreNoFloats()
    {
        using SafeTensorsFile file = Open(SafeTensorsBytes.File("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", [1, 2, 3]));
        file.Tensors[0].Type.ConvertsToFloat.ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => file.Read(file.Tensors[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void RefusesAFileWithoutALength(int bytes) => Fault(new byte[bytes]).ShouldContain($"this one has {bytes} bytes");

    [Fact]
    public void RefusesAHeaderLongerThanTheFile() =>
        Fault(SafeTensorsBytes.File("{}"u8.ToArray(), [], headerLength: 3)).ShouldBe(
            "net.safetensors: its first 8 bytes tell of a header of 3 bytes, but 2 follow: not a safetensors file, or cut short");

    [Theory]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    public void RefusesAHeaderLongerThanTheFormatAllows(ulong length) =>
        Fault(SafeTensorsBytes.File("{}"u8.ToArray(), [], headerLength: length)).ShouldContain($"a header of {length} bytes; 100000000 are allowed");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"\\ud800\":{}}")]
    [InlineData("{/**/}")]
    public void RefusesAHeaderThatIsNotJson(string header) => FaultOfHeader(header).ShouldStartWith("net.safetensors: the header is not valid JSON");

    [Fact]
    public void RefusesAHeaderThatIsNotUtf8() =>
        Fault(SafeTensorsBytes.File([.. "{\""u8, 0xC3, 0x28, .. "\":{}}"u8], [])).ShouldContain("the header is not valid JSON");

    [Theory]
    [InlineData("[]", "the header must be a JSON object; found: array")]
    [InlineData("""{"a":1}""", "tensor 'a' must be a JSON object; found: number")]
    [InlineData("""{"__metadata__":{"format":1}}""", "__metadata__: 'format' must be a JSON string; found: number")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "__metadata__ holds 'a' twice")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "tensor 'a' has no 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "tensor 'a' has no 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "tensor 'a' has no 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor 'a' has 'dtype' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "tensor 'a' has an unknown property 'more'; dtype, shape and data_offsets are known")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "tensor 'a' has dtype 'F31'; known are BF16, BOOL,")]
    [InlineData("""{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", "tensor 'a': dtype must be a JSON string")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "tensor 'a': shape must be a list of whole numbers from 0 to 2^63 - 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "tensor 'a': shape must be a list of whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "tensor 'a': shape must be a list of whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "tensor 'a': data_offsets has more than 2 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "tensor 'a' has 1 data_offsets; 2 are expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor 'a' ends at byte 0 of the data, before it begins, at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", "tensor 'a': data_offsets must be a list of whole numbers")]
    public void RefusesAHeaderOfAnotherForm(string header, string fault) => FaultOfHeader(header).ShouldStartWith($"net.safetensors: {fault}");

    [Theory]
    [InlineData("[3]", "has shape [3] of F32, 12 bytes, but its data_offsets [0, 8] span 8")]
    [InlineData("[]", "has shape [] of F32, 4 bytes, but its data_offsets [0, 8] span 8")]
    [InlineData("[0]", "has shape [0] of F32, 0 bytes, but its data_offsets [0, 8] span 8")]
    [InlineData("[4294967296,4294967296]", "has shape [4294967296, 4294967296], which is too large to address")]
    [InlineData("[9223372036854775807,9223372036854775807,9223372036854775807]", "which is too large to address")]
    public void RefusesAShapeThatDoesNotGoWithTheBytes(string shape, string fault) =>
        FaultOfHeader($$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,8]}}""").ShouldContain(fault);

    [Fact]
    public void RefusesANameGivenTwice() =>
        FaultOfHeader("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")
            .ShouldBe("net.safetensors: tensor 'a' is in the header twice");

    [Fact]
    public void RefusesTensorsThatOverlap() =>
        FaultOfHeader("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")
            .ShouldBe("net.safetensors: tensor 'b' begins at byte 4 of the data and overlaps 'a', which ends at byte 8");

    [Theory]
    [InlineData(4, 8, "tensor 'a' begins at byte 4 of the data and leaves a gap after the data's first byte, at byte 0")]
    [InlineData(0, 4, "4 bytes follow the last tensor; the data must end with it, at byte 4")]
    [InlineData(8, 12, "tensor 'a' ends at byte 12 of the data, which has only 8")]
    public void RefusesTensorsThatDoNotFillTheData(int begin, int end, string fault) =>
        FaultOfHeader($$$"""{"a":{"dtype":"F32","shape":[1],"data_offsets":[{{{begin}}},{{{end}}}]}}""").ShouldContain(fault);

    /// <summary>No prefix of a file is a file.</summary>
    [Fact]
    public void RefusesAFileCutShortAnywhere()
    {
        byte[] whole = SafeTensorsBytes.File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        for (int length = 0; length < whole.Length; length++)
            Fault(whole[..length]);
        Open(whole).Dispose();
    }

    /// <summary>Any damage is a WeightsException or another valid file, never another fault.</summary>
    [Fact]
    public void SurvivesAnyByteChanged()
    {
        byte[] whole = SafeTensorsBytes.File("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        for (int position = 0; position < whole.Length; position++)
        {
            foreach (byte value in (byte[])[0, (byte)'"', (byte)'{', (byte)'9', 0x80, 0xFF])
            {
                byte[] damaged = [.. whole];
                damaged[position] = value;
                try
                {
                    using SafeTensorsFile file = Open(damaged);
                }
                catch (WeightsException exception)
                {
                    exception.Message.ShouldStartWith("net.safetensors: ");
                }
            }
        }
    }

    [Fact]
    public void AClosedDoorIsNotADamagedFile() => Should.Throw<FileNotFoundException>(() => SafeTensorsFile.Open(folder["none.safetensors"]));

    [Fact]
    public void RefusesAnotherKindOfFile() =>
        Fault(Encoding.ASCII.GetBytes("PK\u0003\u0004 a zip file, as torch.save writes")).ShouldEndWith("not a safetensors file");

    /// <summary>Once 11 s, 2.5 GiB and a message of 120 million characters.</summary>
    [Fact]
    public void RefusesAShapeWithoutEndAtItsBeginning()
    {
        byte[] header = [.. "{\"a\":{\"dtype\":\"F32\",\"shape\":["u8, .. Enumerable.Repeat((byte[])[(byte)'1', (byte)','], 38 << 20).SelectMany(pair => pair), .. "1],\"data_offsets\":[0,4]}}"u8];
        string path = folder.Write("net.safetensors", SafeTensorsBytes.File(header, new byte[4]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WeightsException>(() => SafeTensorsFile.Open(path)).Message.ShouldBe("net.safetensors: tensor 'a': shape has more than 64 numbers");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(header.Length + (1 << 20));
    }

    private const int Long = 1 << 20;

    /// <summary>Whatever a file holds, a message of it fits a screen.</summary>
    [Fact]
    public void MessagesAreShort()
    {
        string text = new('x', Long), name = new('n', 1000);
        string[] headers =
        [
            $$$"""{"{{{text}}}":{}}""",
            $$$"""{"{{{name}}}":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""",
            $$$"""{"a":{"dtype":"{{{text}}}","shape":[2],"data_offsets":[0,4]}}""",
            $$$"""{"a":{"{{{text}}}":1}}""",
            $$$"""{"a":{"{{{name}}}":1}}""",
            $$$"""{"__metadata__":{"{{{text}}}":""}}""",
            $$$"""{"__metadata__":{"{{{name}}}":1}}""",
            $$$"""{"a":{"dtype":"F32","shape":[{{{string.Join(',', Enumerable.Repeat(long.MaxValue, 64))}}}],"data_offsets":[0,8]}}""",
            $$$"""{"a":{{{new string('[', Long)}}}}""",
            $$$"""{"a":{{{text}}}}""",
            $$$"""{"{{{name}}}1":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"{{{name}}}2":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        ];
        foreach (string header in headers)
            FaultOfHeader(header).Length.ShouldBeLessThan(800, header[..40]);
    }

    /// <summary>A file is not to move the cursor of the terminal that shows a message, nor to turn its text around.</summary>
    [Fact]
    public void MessagesShowControlCharactersAsTheirNumbers() =>
        FaultOfHeader("""{"a\u001b[2J\n\u202eb":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""")
            .ShouldStartWith(@"net.safetensors: tensor 'a\u001B[2J\u000A\u202Eb' has shape [1] of F32, 4 bytes,");

    [Fact]
    public void RefusesMetadataWithoutEnd() =>
        FaultOfHeader($$$"""{"__metadata__":{{{{string.Join(',', Enumerable.Range(0, 65_537).Select(i => $"\"{i}\":\"\""))}}}}}""")
            .ShouldBe("net.safetensors: __metadata__ has more than 65536 entries");

    [Fact]
    public void RefusesTensorsOfOtherFiles()
    {
        byte[] bytes = SafeTensorsBytes.File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        using SafeTensorsFile file = Open(bytes);
        TensorEntry own = file.Tensors[0];
        Should.Throw<ArgumentException>(() => file.Read(own with { Begin = -4096 })).Message.ShouldContain("Tensor 'a' is not one of net.safetensors");
        Should.Throw<ArgumentException>(() => file.Read(own with { End = long.MaxValue }));
        Should.Throw<ArgumentException>(() => file.Read(new TensorEntry("b", TensorType.F32, [], 0, 4)));
        Should.Throw<ArgumentNullException>(() => file.Read(null!));
        file.Read(own).ShouldBe([0, 0]);
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.Read(own));
    }

    /// <summary>Each thread reads every tensor, in an order of its own, through the one opened file.</summary>
    [Fact]
    public void ManyThreadsReadAtATime()
    {
        const int Count = 24, Size = 5000;
        SavedTensor[] tensors = [.. Enumerable.Range(0, Count).Select(i => new SavedTensor(
            $"t{i}", new Shape(Size), Enumerable.Repeat((float)i, Size).ToArray()) { Type = i % 2 == 0 ? TensorType.F32 : TensorType.BF16 })];
        SafeTensors.Write(folder["x"], tensors);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int number = i * 7 % Count;
            file.Read(file.Find($"t{number}")!).ShouldAllBe(value => value == number);
        });
    }

    [Fact]
    public void ManyThreadsReadWhileItIsClosed()
    {
        SafeTensors.Write(folder["x"], [new("t", new Shape(100_000), new float[100_000])]);
        for (var trial = 0; trial < 20; trial++)
        {
            SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
            TensorEntry tensor = file.Tensors[0];
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (true)
                    file.Read(tensor).Length.ShouldBe(100_000);
            }))];
            Thread.Yield();
            file.Dispose();
            foreach (Task reader in readers)
                Should.Throw<ObjectDisposedException>(() => reader.GetAwaiter().GetResult());
        }
    }
}
