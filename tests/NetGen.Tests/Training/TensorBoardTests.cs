using System.Buffers.Binary;
using Google.Protobuf;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training;

/// <summary>Event files, read by a reader of the tests' own: every checksum bit by bit, every field by its number.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EventsHoldTheHistoryAndTheSteps()
    {
        var data = new DataSet([4], TrainerTests.Inputs(50), TrainerTests.Labels(50), 3);
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        string logs = folder["logs"];
        History history = trainer.Fit(data, 2, data.Take(10), LearningRate.Linear(0.5, 0), callbacks: [new TensorBoardLog(logs, everySteps: 2)], checkpoint: new(folder.Path));
        string file = Directory.GetFiles(logs).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldStartWith("events.out.tfevents.");
        Event[] events = [.. Read(File.ReadAllBytes(file))];
        events[0].Version.ShouldBe("brain.Event:2");
        events[1].IsStart.ShouldBeTrue();
        events.ShouldAllBe(one => Math.Abs((DateTime.UtcNow - DateTime.UnixEpoch.AddSeconds(one.WallTime)).TotalMinutes) < 5);
        events.Skip(2).Select(one => one.Step).ShouldBe([2, 3, 4, 6, 6]);
        foreach ((int at, EpochResult epoch) in ((int, EpochResult)[])[(3, history[0]), (6, history[1])])
        {
            events[at].Scalars.ShouldBe(
            [
                ("train/loss", (float)epoch.TrainLoss), ("train/accuracy", (float)epoch.TrainAccuracy!), ("validation/loss", (float)epoch.ValidationLoss!),
                ("validation/accuracy", (float)epoch.ValidationAccuracy!), ("learning_rate", (float)epoch.LearningRate),
            ]);
        }
        events[2].Scalars.Select(scalar => scalar.Tag).ShouldBe(["step/loss", "step/learning_rate"]);
        events[2].Scalars[1].Value.ShouldBe((float)(0.5 * 5 / 6));

        // A run that goes on writes another file, from where it is.
        using Trainer second = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        second.Fit(data, 3, callbacks: [new TensorBoardLog(logs)], checkpoint: new(folder.Path));
        Event[] further = [.. Read(File.ReadAllBytes(Directory.GetFiles(logs).Order(StringComparer.Ordinal).ElementAt(1)))];
        (further[1].IsStart, further[1].Step).ShouldBe((true, 6));
        further[2].Step.ShouldBe(9);
        further[2].Scalars.Select(scalar => scalar.Tag).ShouldBe(["train/loss", "train/accuracy", "learning_rate"]);
        Should.Throw<ArgumentException>(() => new TensorBoardLog(""));
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorBoardLog("a", -1)).ParamName.ShouldBe("everySteps");
        Should.Throw<IOException>(() => trainer.Fit(data, 1, callbacks: [new TensorBoardLog(file)]));
    }

    private static IEnumerable<Event> Read(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)).ShouldBe(Masked(file.AsSpan(at, 8)));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)).ShouldBe(Masked(data));
            at += 16 + length;
            yield return Parse(data);
        }
    }

    private static Event Parse(byte[] data)
    {
        var input = new CodedInputStream(data);
        var read = new Event(0, 0, null, false, []);
        while (input.ReadTag() is > 0 and uint tag)
        {
            read = (tag >> 3) switch
            {
                1 => read with { WallTime = input.ReadDouble() },
                2 => read with { Step = input.ReadInt64() },
                3 => read with { Version = input.ReadString() },
                5 => read with { Scalars = [.. Scalars(input.ReadBytes().ToByteArray())] },
                7 => read with { IsStart = input.ReadBytes().ToByteArray() is [8, 1] },
                _ => throw new InvalidDataException($"Field {tag >> 3} is not one of an event's."),
            };
        }
        return read;
    }

    private static IEnumerable<(string Tag, float Value)> Scalars(byte[] summary)
    {
        var values = new CodedInputStream(summary);
        while (values.ReadTag() is > 0 and uint outer)
        {
            outer.ShouldBe((1u << 3) | 2);
            var value = new CodedInputStream(values.ReadBytes().ToByteArray());
            value.ReadTag().ShouldBe((1u << 3) | 2);
            string tag = value.ReadString();
            value.ReadTag().ShouldBe((2u << 3) | 5);
            yield return (tag, value.ReadFloat());
        }
    }

    /// <summary>CRC-32C bit by bit (the polynomial 0x1EDC6F41 turned around), masked as in TFRecords.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0x82F63B78);
        }
        sum ^= 0xFFFFFFFF;
        return ((sum >> 15) | (sum << 17)) + 0xA282EAD8;
    }

    private sealed record Event(double WallTime, long Step, string? Version, bool IsStart, (string Tag, float Value)[] Scalars);
}
