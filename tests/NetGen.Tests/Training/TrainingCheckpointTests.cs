using System.Buffers;
using System.Globalization;
using NetGen.Tests.Data;
using NetGen.Tests.Files;

namespace NetGen.Tests.Training;

/// <summary>
/// Runs that are interrupted and go on. <c>NETGEN_KILLS=50 dotnet test tests/NetGen.Tests --filter TrainingCheckpoint</c> kills a process as often.
/// </summary>
public sealed class TrainingCheckpointTests : IDisposable
{
    private const int KillsOfEveryRun = 3, MillisecondsOfARun = 900;

    private static readonly Lazy<string> Undisturbed = new(() =>
    {
        using var folder = new TemporaryFolder();
        return InterruptedRun.Train(folder.Path);
    });

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string FilePath => folder[TrainingCheckpoint.FileName];

    [Fact]
    public void AKilledProcessComesToTheSameBits()
    {
        int kills = Environment.GetEnvironmentVariable("NETGEN_KILLS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : KillsOfEveryRun;
        var random = new Random();
        var reached = new List<(int, int)>();
        for (var kill = 0; kill < kills; kill++)
        {
            ChildProcess.KillAfter(
                TimeSpan.FromMilliseconds(random.NextDouble() * 2 * MillisecondsOfARun / kills), InterruptedRun.Begun, "a run", TimeSpan.FromMinutes(1),
                (InterruptedRun.FolderVariable, folder.Path));
            // Whenever it was, there is a whole checkpoint, or none yet.
            RunPosition? at = File.Exists(FilePath) ? RunFile.Read(FilePath).Manifest.Position : null;
            reached.Add((at?.Epoch ?? 0, at?.Step ?? 0));
        }
        InterruptedRun.Train(folder.Path).ShouldBe(Undisturbed.Value, $"killed after {string.Join(", ", reached)}");
        folder.Names.ShouldBe([TrainingCheckpoint.FileName, "checkpoint.lock"], ignoreOrder: true);
    }

    public static TheoryData<string, bool> Optimizers => new()
    {
        { "SGD", true }, { "RMSprop", true }, { "Muon", false },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ARunThatIsStoppedAtAnyStepComesToTheSameBits(string name, bool grouped)
    {
        Func<Optimizer> optimizer = name switch
        {
            "SGD" => () => new SGD(0.05),
            "RMSprop" => () => new RMSprop(momentum: 0.5, centered: true),
            _ => () => new Muon(),
        };
        using var other = new TemporaryFolder();
        string expected = InterruptedRun.Train(other.Path, optimizer, grouped, default);
        foreach (int steps in (int[])[1, 6, 7, 8, 1, 30])
        {
            using var end = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => InterruptedRun.Train(folder.Path, optimizer, grouped, end.Token, new After(steps, end.Cancel)));
        }
        InterruptedRun.Train(folder.Path, optimizer, grouped, default).ShouldBe(expected);
        // What has ended is at its end.
        InterruptedRun.Train(folder.Path, optimizer, grouped, default).ShouldBe(expected);
    }

    [Fact]
    public void ARunIsGivenMoreEpochs()
    {
        TestNetwork parts = TrainerTests.Perceptron(grouped: true), whole = TrainerTests.Perceptron(grouped: true);
        using Trainer first = parts.CreateTrainer(new SGD(0.1, 0.9), Loss.CrossEntropy, 16), once = whole.CreateTrainer(new SGD(0.1, 0.9), Loss.CrossEntropy, 16);
        first.Fit(InterruptedRun.Data, 2, checkpoint: new(folder.Path)).Count.ShouldBe(2);
        // Another network object, of another seed: the orders are those of the first all the same.
        var again = new TestNetwork(new PerceptronProgram(4, 3, grouped: true), seed: 99);
        using Trainer second = again.CreateTrainer(new SGD(0.5, 0.9), Loss.CrossEntropy, 16);
        History history = second.Fit(InterruptedRun.Data, 5, checkpoint: new(folder.Path));
        history.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3, 4, 5]);
        second.History.ShouldBeSameAs(history);
        second.Optimizer.LearningRate.ShouldBe(0.1);
        once.Fit(InterruptedRun.Data, 5);
        again.AllValues().ShouldBe(whole.AllValues());
        second.StepCount.ShouldBe(once.StepCount);
    }

    [Fact]
    public void AnotherRunsCheckpointIsRefusedAndNothingChanges()
    {
        InterruptedRun.Train(folder.Path);
        byte[] before = File.ReadAllBytes(FilePath);
        string Refusal(PerceptronProgram program, Optimizer optimizer, Loss loss, DataSet data, int batch = 8, Seed? shuffle = null)
        {
            var net = new TestNetwork(program);
            float[] values = net.AllValues();
            using Trainer trainer = net.CreateTrainer(optimizer, loss, batch);
            trainer.AccumulationSteps = 2;
            string message = Should.Throw<WeightsException>(() => trainer.Fit(data, 1, shuffle: shuffle, checkpoint: new(folder.Path))).Message;
            net.AllValues().ShouldBe(values);
            (trainer.StepCount, optimizer.StepCount, trainer.History.Count).ShouldBe((0, 0, 0));
            return message;
        }
        PerceptronProgram same = new(4, 3, grouped: true, masks: true);
        AdamW Adam() => new(0.02) { ClipNorm = 0.5 };
        DataSet data = InterruptedRun.Data;
        Refusal(same, new SGD(0.02), Loss.CrossEntropy, data).ShouldBe(
            "checkpoint.safetensors: is of a run with optimizer AdamW(beta1: 0.9, beta2: 0.999, eps: 1E-08, weightDecay: 0.01, clipNorm: 0.5), and this one has SGD. Choose another folder, or remove the file to begin anew");
        Refusal(same, Adam(), Loss.SmoothedCrossEntropy(0.5), data).ShouldContain("with loss Loss.CrossEntropy, and this one has Loss.CrossEntropy(labelSmoothing: 0.5)");
        Refusal(same, Adam(), Loss.CrossEntropy, data, batch: 9).ShouldContain("with batches 8 × 2, and this one has 9 × 2");
        Refusal(same, Adam(), Loss.CrossEntropy, data, shuffle: 3).ShouldContain("with order the network's seed, and this one has seed 3");
        Refusal(same, Adam(), Loss.CrossEntropy, data.Take(99)).ShouldContain("with data 100 × [4], sum ");
        Refusal(same, Adam(), Loss.CrossEntropy, data.Permute(1)).ShouldContain("with data 100 × [4], sum ");
        Refusal(same, Adam(), Loss.CrossEntropy, InterruptedRun.Plain).ShouldContain(", NoiseAugment, and this one has 100 × [4], sum ");
        Refusal(same, Adam(), Loss.CrossEntropy, data.WithWeights(new float[100].Select(_ => 1f).ToArray())).ShouldContain("with data 100 × [4], sum ");
        Refusal(new(4, 5, grouped: true, masks: true), Adam(), Loss.CrossEntropy, data).ShouldBe("checkpoint.safetensors: tensor 'linear1.weight' has shape [3, 4], Perceptron expects [5, 4]");
        Refusal(new(4, 3, grouped: true), Adam(), Loss.CrossEntropy, data).ShouldContain("has 1 counts of batches, and Perceptron has 0");
        File.ReadAllBytes(FilePath).ShouldBe(before);

        TrainerTests.Perceptron(grouped: true).Save(FilePath);
        Refusal(same, Adam(), Loss.CrossEntropy, data).ShouldContain("is no checkpoint of a training run: its metadata has no 'netgen.run'");
    }

    [Fact]
    public void TheParametersAreThereUnderTheirOwnNames()
    {
        InterruptedRun.Train(folder.Path);
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        WeightsReport report = net.LoadWeights(FilePath, strict: false);
        report.Missing.ShouldBeEmpty();
        report.LeftOver.ShouldContain("optimizer/1/linear1.bias");
        report.LeftOver.ShouldContain("callback/ExponentialMovingAverage1/linear1.weight");
    }

    [Fact]
    public void OneRunAtATimeUsesAFolder()
    {
        IOException? refusal = null;
        string result = InterruptedRun.Train(folder.Path, new After(20, () =>
        {
            byte[] before = File.ReadAllBytes(FilePath);
            refusal = Should.Throw<IOException>(() => InterruptedRun.Train(folder.Path));
            File.ReadAllBytes(FilePath).ShouldBe(before);
        }));
        refusal!.Message.ShouldContain($"The checkpoint folder '{folder.Path}' is in use by another run");
        result.ShouldBe(Undisturbed.Value);
    }

    [Fact]
    public void AFullDiskLeavesTheLastCheckpoint()
    {
        using var end = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => InterruptedRun.Train(folder.Path, () => new AdamW(0.02) { ClipNorm = 0.5 }, grouped: true, end.Token, new After(20, end.Cancel)));
        byte[] before = File.ReadAllBytes(FilePath);
        IOException thrown = Should.Throw<IOException>(() => InterruptedRun.Train(folder.Path, new FullDisk()));
        thrown.Message.ShouldContain($"The checkpoint '{FilePath}' could not be written, and is as it was: No space left on device");
        File.ReadAllBytes(FilePath).ShouldBe(before);
        folder.Names.ShouldBe([TrainingCheckpoint.FileName, "checkpoint.lock"], ignoreOrder: true);
        InterruptedRun.Train(folder.Path).ShouldBe(Undisturbed.Value);
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var end = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => InterruptedRun.Train(folder.Path, () => new AdamW(0.02) { ClipNorm = 0.5 }, grouped: true, end.Token, new After(20, end.Cancel)));
        byte[] before = File.ReadAllBytes(FilePath);
        File.SetUnixFileMode(folder["checkpoint.lock"], UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b101_101_101);
        try
        {
            AsNobody.Run(() => Record.Exception(() => InterruptedRun.Train(folder.Path))).ShouldBeOfType<UnauthorizedAccessException>()
                .Message.ShouldContain($"The checkpoint folder '{folder.Path}' may not be written");
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(folder["checkpoint.lock"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        File.ReadAllBytes(FilePath).ShouldBe(before);
        InterruptedRun.Train(folder.Path).ShouldBe(Undisturbed.Value);
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Should.Throw<ArgumentException>(() => new TrainingCheckpoint(""));
        Should.Throw<ArgumentOutOfRangeException>(() => new TrainingCheckpoint("a") { EveryEpochs = 0 }).ParamName.ShouldBe("EveryEpochs");
        Should.Throw<ArgumentOutOfRangeException>(() => new TrainingCheckpoint("a") { EverySteps = -1 }).ParamName.ShouldBe("EverySteps");
        string path = folder.Write("file", [1]);
        Should.Throw<IOException>(() => InterruptedRun.Train(path)).Message.ShouldContain($"The checkpoint folder '{path}' cannot be made");
    }

    /// <summary>Does something after so many steps.</summary>
    private sealed class After(int steps, Action action) : Callback
    {
        private int seen;

        protected internal override void OnStepEnd(TrainingRun run)
        {
            if (++seen == steps)
                action();
        }
    }

    /// <summary>Has a disk full in the middle of a file.</summary>
    private sealed class FullDisk : Callback
    {
        protected internal override void SaveState(TrainingRun run, CallbackState state) => state.Set("much", new Endless().Memory);

        private sealed class Endless : MemoryManager<float>
        {
            public override Memory<float> Memory => CreateMemory(1 << 20);

            public override Span<float> GetSpan() => throw new IOException("No space left on device");

            public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

            public override void Unpin()
            {
            }

            protected override void Dispose(bool disposing)
            {
            }
        }
    }
}
