using System.Text.Json;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WritesTheBytesThatTheFormatAsksFor()
    {
        SafeTensors.Write(folder["net.safetensors"],
        [
            new("w", new Shape(2, 1), new float[] { 1.5f, -2 }),
            new("n", new Shape(), new float[] { 298 }) { Type = TensorType.I64 },
        ]);
        (string header, byte[] data) = SafeTensorsBytes.Parts(File.ReadAllBytes(folder["net.safetensors"]));
        header.TrimEnd(' ').ShouldBe(
            """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}""");
        (header.Length % 8).ShouldBe(0);
        data.ShouldBe([0x2A, 1, 0, 0, 0, 0, 0, 0, .. SafeTensorsBytes.Floats(1.5f, -2)]);
    }

    [Theory]
    [InlineData("F16", 1 / 3f, 0.33325195f)]
    [InlineData("BF16", 1 / 3f, 0.33398438f)]
    [InlineData("BF16", 1.00390625f, 1f)]
    [InlineData("BF16", 1.01171875f, 1.015625f)]
    [InlineData("BF16", -3.4028235e38f, float.NegativeInfinity)]
    [InlineData("F64", 1 / 3f, 1 / 3f)]
    public void RoundsToTheTypeWritten(string type, float given, float read)
    {
        SafeTensors.Write(folder["x"], [new("w", new Shape(1), new[] { given }) { Type = TensorType.All[type] }]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
        file.Read(file.Tensors[0]).ShouldBe([read]);
    }

    [Fact]
    public void KeepsNaNsNaNInEveryType()
    {
        float payload = BitConverter.UInt32BitsToSingle(0x7F800001);
        foreach (TensorType type in (TensorType[])[TensorType.F64, TensorType.F32, TensorType.F16, TensorType.BF16])
        {
            SafeTensors.Write(folder["x"], [new("w", new Shape(1), new[] { payload }) { Type = type }]);
            using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
            float.IsNaN(file.Read(file.Tensors[0])[0]).ShouldBeTrue(type.Name);
        }
    }

    /// <summary>More values than pass through the buffer at once, and names that JSON must escape.</summary>
    [Fact]
    public void LargeTensorsAndOddNamesComeBack()
    {
        const string Name = "a \"quoted\" \\ name: 重み \u0001";
        float[] values = [.. Enumerable.Range(0, 100_003).Select(i => i * 0.5f)];
        SafeTensors.Write(folder["x"], [new(Name, new Shape(100_003), values)], new Dictionary<string, string> { ["b"] = "2", ["a"] = "\n" });
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
        file.Read(file.Find(Name)!).ShouldBe(values);
        file.Metadata.OrderBy(pair => pair.Key).ShouldBe([new("a", "\n"), new("b", "2")]);
        using JsonDocument header = JsonDocument.Parse(SafeTensorsBytes.Parts(File.ReadAllBytes(folder["x"])).Header);
        header.RootElement.TryGetProperty(Name, out _).ShouldBeTrue();
    }

    [Fact]
    public void RefusesWhatAReaderWouldRefuse()
    {
        var one = new SavedTensor("w", new Shape(1), new float[1]);
        Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [one, one])).Message.ShouldContain("'w'");
        Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [one with { Name = "__metadata__" }]));
        Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [one with { Shape = new Shape(2, 3) }])).Message.ShouldContain("[2, 3] needs 6 values, 1 are given");
        Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [one with { Type = TensorType.All["U8"] }])).Message.ShouldContain("U8");
        Should.Throw<ArgumentNullException>(() => SafeTensors.Write((string)null!, [one])).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => SafeTensors.Write(folder["x"], null!)).ParamName.ShouldBe("tensors");
        Should.Throw<ArgumentNullException>(() => SafeTensors.Write(folder["x"], [one, null!])).ParamName.ShouldBe("tensors[1]");
        folder.Names.ShouldBeEmpty();
    }

    private const string HalfAPair = "a\uD800b";

    [Fact]
    public void RefusesNamesAndShapesThatNoReaderTakes()
    {
        var one = new SavedTensor("w", new Shape(1), new float[1]);
        string Fault(SavedTensor tensor)
        {
            string message = Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [tensor])).Message;
            message.Length.ShouldBeLessThan(500);
            folder.Names.ShouldBeEmpty();
            return message;
        }
        Fault(one with { Name = null! }).ShouldStartWith("A tensor's name is null.");
        Fault(one with { Name = HalfAPair }).ShouldContain("holds half of a surrogate pair");
        Fault(one with { Name = new string('n', 1025) }).ShouldContain("has 1025 characters; 1024 are allowed");
        Fault(one with { Shape = new Shape([.. Enumerable.Repeat(1, 65)]) }).ShouldContain("has 65 dimensions; 64 are allowed");
        Fault(one with { Shape = new Shape(int.MaxValue, int.MaxValue, int.MaxValue) }).ShouldContain("needs 2^63 or more values, 1 are given");
        Fault(one with { Shape = new Shape([.. Enumerable.Repeat(int.MaxValue, 64)]) }).ShouldContain("2147483647, …] of 64 dimensions needs 2^63 or more values, 1 are given");
        Fault(one with { Type = TensorType.I64, Values = new float[] { 1.5f } }).ShouldContain("holds 1.5 at index 0, which is no whole number of 64 bits");
        Fault(one with { Type = TensorType.I64, Values = new float[] { 9.3e18f } }).ShouldContain("which is no whole number of 64 bits");
        Fault(one with { Type = TensorType.I64, Values = new float[] { float.NaN } }).ShouldContain("holds NaN at index 0");
    }

    [Fact]
    public void RefusesMetadataThatNoReaderTakes()
    {
        string Fault(Dictionary<string, string> metadata)
        {
            string message = Should.Throw<ArgumentException>(() => SafeTensors.Write(folder["x"], [], metadata)).Message;
            message.Length.ShouldBeLessThan(500);
            return message;
        }
        Fault(new() { ["a"] = null! }).ShouldContain("The metadata's text for 'a' is null");
        Fault(new() { ["a"] = HalfAPair }).ShouldContain("holds half of a surrogate pair");
        Fault(new() { [HalfAPair] = "a" }).ShouldContain("holds half of a surrogate pair");
        Fault(new() { [new string('k', 1025)] = "a" }).ShouldContain("has 1025 characters");
        Fault(Enumerable.Range(0, 65_537).ToDictionary(i => $"{i}", _ => "")).ShouldContain("has 65537 entries; 65536 are allowed");
        Fault(new() { ["a"] = new string('\u0001', 17_000_000) }).ShouldContain("100000000 are allowed");
    }

    /// <summary>At the very limits, where escapes make six bytes of a character.</summary>
    [Fact]
    public void WhatIsWrittenAtTheLimitsIsRead()
    {
        string name = new('\u0001', 1024), key = string.Concat(Enumerable.Repeat("\U0001F600", 512));
        int[] extents = [.. Enumerable.Repeat(1, 63), 2];
        Dictionary<string, string> metadata = Enumerable.Range(0, 65_535).ToDictionary(i => $"{i}", _ => "");
        metadata.Add(key, "x");
        SafeTensors.Write(folder["x"], [new(name, new Shape(extents), new float[] { 1, 2 }), new("", new Shape(), new float[] { 3 })], metadata);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["x"]);
        file.Read(file.Find(name)!).ShouldBe([1, 2]);
        file.Find(name)!.Extents.ShouldBe(extents.Select(extent => (long)extent));
        file.Read(file.Find("")!).ShouldBe([3]);
        file.Metadata[key].ShouldBe("x");
        file.Metadata.Count.ShouldBe(65_536);
    }

    [Fact]
    public void WritesAStreamAsAFile()
    {
        SavedTensor[] tensors = [new("w", new Shape(2), new float[] { 1, 2 }), new("h", new Shape(1), new float[] { 3 }) { Type = TensorType.F16 }];
        SafeTensors.Write(folder["x"], tensors);
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, tensors);
        stream.ToArray().ShouldBe(File.ReadAllBytes(folder["x"]));
        Should.Throw<ArgumentException>(() => SafeTensors.Write(new MemoryStream([], writable: false), tensors));
        Should.Throw<ArgumentNullException>(() => SafeTensors.Write((Stream)null!, tensors));
    }
}
