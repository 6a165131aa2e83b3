using System.Collections.Immutable;
using NetGen.Engine;
using NetGen.Tests.Data;
using NetGen.Tests.Training;

namespace NetGen.Tests.Checkpoints;

public sealed class LoadWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>linear1.weight [2, 3], linear1.bias [2], and seen [1].</summary>
    private static TestNetwork Network() => new(new PerceptronProgram(3, 2, grouped: true));

    private static readonly SavedTensor
        Weight = new("linear1.weight", new Shape(2, 3), new float[] { 1, 2, 3, 4, 5, 6 }),
        Bias = new("linear1.bias", new Shape(2), new float[] { 7, 8 }),
        Seen = new("seen", new Shape(1), new float[] { 9 });

    private string Write(params SavedTensor[] tensors)
    {
        SafeTensors.Write(folder["net.safetensors"], tensors);
        return folder["net.safetensors"];
    }

    private byte[] Bytes(params SavedTensor[] tensors) => File.ReadAllBytes(Write(tensors));

    /// <summary>The message; the network is as it was.</summary>
    private static string Fault(TestNetwork network, Action load)
    {
        float[] before = network.AllValues();
        string message = Should.Throw<WeightsException>(load).Message;
        network.AllValues().ShouldBe(before, "nothing may change");
        return message;
    }

    [Fact]
    public void LoadsAllOfAFile()
    {
        TestNetwork network = Network();
        WeightsReport report = network.LoadWeights(Write(Weight, Bias, Seen));
        network.AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        report.Loaded.ShouldBe(["linear1.weight", "linear1.bias", "seen"]);
        report.ToString().ShouldBe("3 tensors loaded; none missing; none left over");
    }

    [Fact]
    public void RefusesWhatIsMissingOrLeftOver()
    {
        TestNetwork network = Network();
        Fault(network, () => network.LoadWeights(Write(Weight))).ShouldBe(
            "net.safetensors: tensor 'linear1.bias' is missing, Perceptron expects it with shape [2], and 1 more is missing");
        Fault(network, () => network.LoadWeights(Write(Weight, Bias, Seen, Bias with { Name = "other" }))).ShouldBe(
            "net.safetensors: tensor 'other' is unknown to Perceptron");
    }

    [Fact]
    public void LoadsWhatMatchesAndTellsTheRest()
    {
        TestNetwork network = Network();
        float[] before = network.AllValues();
        WeightsReport report = network.LoadWeights(Write(Bias, Seen with { Name = "head.bias" }), strict: false);
        network.AllValues().ShouldBe([.. before[..6], 7, 8, before[8]]);
        report.Loaded.ShouldBe(["linear1.bias"]);
        report.Missing.ShouldBe(["linear1.weight", "seen"]);
        report.LeftOver.ShouldBe(["head.bias"]);
        report.ToString().ShouldBe("1 tensor loaded; 2 missing: 'linear1.weight', 'seen'; 1 left over: 'head.bias'");
    }

    /// <summary>As PyTorch's strict=False does: it forgives names, not shapes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RefusesAWrongShapeInAnyCase(bool strict)
    {
        TestNetwork network = Network();
        Fault(network, () => network.LoadWeights(Write(Weight, Bias with { Shape = new Shape(2, 1) }, Seen), strict: strict)).ShouldBe(
            "net.safetensors: tensor 'linear1.bias' has shape [2, 1], Perceptron expects [2]");
        Fault(network, () => network.LoadWeights(Write(Weight, Bias with { Values = new float[] { 1, float.NaN } }, Seen), strict: strict))
            .ShouldContain("'linear1.bias' holds NaN at index 1");
    }

    [Fact]
    public void MapsTheNamesOfOtherFiles()
    {
        TestNetwork network = Network();
        string path = Write(Weight with { Name = "ip1.weight" }, Bias with { Name = "ip1.bias" }, Seen);
        WeightsReport report = network.LoadWeights(path, new Dictionary<string, string> { ["ip1.weight"] = "linear1.weight", ["ip1.bias"] = "linear1.bias" });
        network.AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        report.Loaded.ShouldBe(["linear1.weight", "linear1.bias", "seen"]);

        network.Parameters["linear1.bias"].Values.Fill(0);
        network.LoadWeights(path, name => name.Replace("ip1", "linear1"));
        network.AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    /// <summary>What a function gives no name is left out, and does not count as left over.</summary>
    [Fact]
    public void PassesOverWhatTheFunctionGivesNoName()
    {
        TestNetwork network = Network();
        string path = Write(Weight, Bias, Seen, Bias with { Name = "momentum" });
        WeightsReport report = network.LoadWeights(path, name => name == "momentum" ? null : name, strict: true);
        report.LeftOver.ShouldBeEmpty();
        report.Skipped.ShouldBe(["momentum"]);
        report.ToString().ShouldBe("3 tensors loaded; none missing; none left over; 1 skipped: 'momentum'");
    }

    [Fact]
    public void RefusesTwoTensorsForOneName()
    {
        TestNetwork network = Network();
        string path = Write(Weight, Bias, Bias with { Name = "other" }, Seen);
        Fault(network, () => network.LoadWeights(path, new Dictionary<string, string> { ["other"] = "linear1.bias" }, strict: false))
            .ShouldBe("net.safetensors: tensor 'other' and 'linear1.bias' are both to become 'linear1.bias' of Perceptron");
    }

    [Fact]
    public void AFunctionThatThrowsChangesNothing()
    {
        TestNetwork network = Network();
        float[] before = network.AllValues();
        Should.Throw<KeyNotFoundException>(() => network.LoadWeights(Write(Weight, Bias, Seen), name => throw new KeyNotFoundException(name)));
        network.AllValues().ShouldBe(before);
    }

    [Fact]
    public void SuggestsTheNameOfTheOnlyTensorThatFits()
    {
        TestNetwork network = Network();
        Fault(network, () => network.LoadWeights(Write(Weight with { Name = "ip1.weight" }, Bias, Seen))).ShouldBe(
            "net.safetensors: tensor 'linear1.weight' is missing, Perceptron expects it with shape [2, 3]; the file holds 'ip1.weight', unknown to Perceptron. "
            + "'ip1.weight' alone has that shape: As = \"ip1\" on linear1 names the layer so");
        Fault(network, () => network.LoadWeights(Write(Weight with { Name = "ip1.weight" }, Weight with { Name = "ip2.weight" }, Bias, Seen)))
            .ShouldEndWith("the file holds 'ip1.weight', 'ip2.weight', unknown to Perceptron");
        Fault(network, () => network.LoadWeights(Write(Weight with { Name = "ip1/kernel" }, Bias, Seen)))
            .ShouldEndWith("'ip1/kernel' alone has that shape: the names of LoadWeights can make it 'linear1.weight'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsExactlyOneFileFromAStreamAndLeavesItOpen(bool seeks)
    {
        byte[] first = Bytes(Weight, Bias, Seen, Bias with { Name = "extra" }), second = Bytes(Weight, Bias with { Values = new float[] { 1, 1 } }, Seen);
        using var stream = new Trickle([1, 2, 3, .. first, .. second, 4], seeks);
        for (var i = 0; i < 3; i++)
            stream.ReadByte().ShouldBe(i + 1);
        TestNetwork network = Network();
        network.LoadWeights(stream, strict: false).LeftOver.ShouldBe(["extra"]);
        network.AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        network.LoadWeights(stream);
        network.AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 1, 1, 9]);
        stream.ReadByte().ShouldBe(4);
        NetworkState loaded = NetworkState.Load(new PerceptronProgram(3, 2, grouped: true), new Trickle(second, seeks));
        new TestNetwork(loaded).AllValues().ShouldBe([1, 2, 3, 4, 5, 6, 1, 1, 9]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AStreamThatEndsEarlyChangesNothing(bool seeks)
    {
        byte[] whole = Bytes(Weight, Bias, Seen);
        TestNetwork network = Network();
        for (var length = 0; length < whole.Length; length++)
            Fault(network, () => network.LoadWeights(new Trickle(whole[..length], seeks))).ShouldStartWith("stream: ");
        network.LoadWeights(new Trickle(whole, seeks));
    }

    /// <summary>A stream cannot tell how much will come; eight bytes must not take a hundred million.</summary>
    [Fact]
    public void TakesMemoryForAHeaderAsItArrives()
    {
        TestNetwork network = Network();
        byte[] claim = [0, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{'];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WeightsException>(() => network.LoadWeights(new Trickle(claim, seeks: false))).Message.ShouldContain("a header of 100000000 bytes, but 1 follow");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void WritesAStreamAsAFileAndLeavesItOpen()
    {
        TestNetwork network = Network();
        network.Save(folder["file"]);
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        network.State.Save(stream);
        ((INetwork)network).Save(stream);
        byte[] file = File.ReadAllBytes(folder["file"]);
        stream.ToArray().ShouldBe([1, .. file, .. file]);

        network.Parameters["linear1.bias"].Values.Fill(float.NaN);
        Should.Throw<WeightsException>(() => ((INetwork)network).Save(stream)).Message.ShouldBe("stream: tensor 'linear1.bias' holds NaN at index 0; weights must be finite");
        stream.Length.ShouldBe(1 + (2 * file.Length), "nothing may be written");
    }

    [Fact]
    public void RefusesStreamsThatDoNotGoThatWay()
    {
        TestNetwork network = Network();
        using FileStream writer = File.Open(folder["w"], FileMode.Create, FileAccess.Write);
        Should.Throw<ArgumentException>(() => network.LoadWeights(writer)).Message.ShouldContain("cannot be read from");
        using var reader = new MemoryStream([], writable: false);
        Should.Throw<ArgumentException>(() => network.State.Save(reader)).Message.ShouldContain("cannot be written to");
        Should.Throw<ArgumentNullException>(() => network.LoadWeights((Stream)null!));
        Should.Throw<ArgumentNullException>(() => network.LoadWeights("x", (Func<string, string?>)null!));
        Should.Throw<ArgumentNullException>(() => ((INetwork)null!).LoadWeights("x"));
        Should.Throw<ArgumentException>(() => network.LoadWeights(""));
        Should.Throw<ArgumentException>(() => network.Save(""));
    }

    /// <summary>The function is called after the header was read, and before the values are.</summary>
    [Fact]
    public void AFileThatChangesWhileItIsReadChangesNothing()
    {
        TestNetwork network = Network();
        string path = Write(Weight, Bias, Seen);
        void WhileReading(Action<FileStream> change) => Fault(network, () => network.LoadWeights(path, name =>
        {
            using var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            change(other);
            return name;
        })).ShouldStartWith("net.safetensors: was ");

        if (OperatingSystem.IsWindows())
            return; // There others cannot open it for writing meanwhile.
        Write(Weight, Bias, Seen);
        WhileReading(other => other.SetLength(other.Length + 1));
        Write(Weight, Bias, Seen);
        WhileReading(other => other.SetLength(other.Length - 2));
        Write(Weight, Bias, Seen);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        WhileReading(other =>
        {
            other.Position = other.Length - 4;
            other.Write(SafeTensorsBytes.Floats(5));
        });
    }

    /// <summary>What passes compute on demand belongs to the parameters that they ran with.</summary>
    [Fact]
    public void APassIsToldThatTheParametersChanged()
    {
        TestNetwork network = Network();
        using NetworkPass pass = network.CreatePass(1);
        pass.Forward([1, 2, 3]);
        network.LoadWeights(Write(Weight, Bias, Seen));
        Should.Throw<InvalidOperationException>(() => pass.Activations["linear1"].ToArray());
    }

    /// <summary>Gives at most three bytes at a time, and seeks only if it is said to.</summary>
    private sealed class Trickle(byte[] bytes, bool seeks) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => seeks;

        public override long Length => seeks ? base.Length : throw new NotSupportedException();

        public override long Position
        {
            get => seeks ? base.Position : throw new NotSupportedException();
            set => base.Position = seeks ? value : throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 3)]);

        public override long Seek(long offset, SeekOrigin origin) => seeks ? base.Seek(offset, origin) : throw new NotSupportedException();
    }
}
