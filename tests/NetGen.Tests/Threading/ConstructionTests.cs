using System.Reflection;
using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Threading;

/// <summary>What is left by constructors that fail, and what they take when nothing is said.</summary>
[Collection(Alone.Name)]
public sealed class ConstructionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(120)]
    public void APoolThatTheSystemRefusesThreadsLeavesNone(int started)
    {
        var threads = new List<Thread>();
        void Start(Thread thread)
        {
            if (threads.Count == started)
                throw new OutOfMemoryException("no more threads");
            thread.Start();
            threads.Add(thread);
        }

        InsufficientMemoryException refusal = Should.Throw<InsufficientMemoryException>(() => new WorkerPool(500, Start));
        refusal.Message.ShouldContain($"500 threads are asked for, the caller's among them; the system has started {started} others");
        refusal.InnerException.ShouldBeOfType<OutOfMemoryException>();
        threads.ShouldAllBe(thread => thread.Join(Soon));
    }

    [Fact]
    public void MoreThreadsThanAPoolTakesAreRefusedBeforeAnyIsStarted()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        foreach (int threads in new[] { -1, WorkerPool.MaxThreads + 1, int.MaxValue })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new WorkerPool(threads)).ParamName.ShouldBe("threads");
            Should.Throw<ArgumentOutOfRangeException>(() => new Predictor(net.State, threads)).ParamName.ShouldBe("threads");
            Should.Throw<ArgumentOutOfRangeException>(() => new NetworkPass(net.State, 1, threads)).ParamName.ShouldBe("threads");
            Should.Throw<ArgumentOutOfRangeException>(() => new Trainer(net.State, new SGD(), Loss.CrossEntropy, 1, threads)).ParamName.ShouldBe("threads");
        }
    }

    [Fact]
    public void ATrainerThatCannotBeMadeLeavesNoThreadsAndNoBoundOptimizer()
    {
        const int Trials = 10, Threads = 40;
        TestNetwork first = TrainerTests.Perceptron(grouped: true), second = TrainerTests.Perceptron(grouped: false);
        int before = ThreadsOfWorkers();
        for (var trial = 0; trial < Trials; trial++)
        {
            var stubborn = new Stubborn { Count = int.MaxValue };
            Should.Throw<ArgumentOutOfRangeException>(() => first.CreateTrainer(stubborn, Loss.CrossEntropy, 16, Threads));
            stubborn.Count = -1;
            Should.Throw<InvalidOperationException>(() => first.CreateTrainer(stubborn, Loss.CrossEntropy, 16, Threads)).Message.ShouldContain("Stubborn.StateCount must be at least 0, and is -1");
            stubborn.Count = 1;
            second.CreateTrainer(stubborn, Loss.CrossEntropy, 16, 1).Dispose();
        }
        SpinWait.SpinUntil(() => ThreadsOfWorkers() <= before, Soon).ShouldBeTrue();

        // An optimizer of another network is refused, and stays with its own.
        var taken = new SGD();
        taken.Step(first);
        Should.Throw<InvalidOperationException>(() => second.CreateTrainer(taken, Loss.CrossEntropy, 16, Threads));
        taken.Step(first);
        SpinWait.SpinUntil(() => ThreadsOfWorkers() <= before, Soon).ShouldBeTrue();
    }

    [Fact]
    public void AllDefaultsForThreadsAreOne()
    {
        ParameterInfo[] parameters =
        [
            .. new[] { typeof(INetwork), typeof(Trainer), typeof(NetworkPass), typeof(Predictor), typeof(WorkerPool), typeof(NetworkExtensions) }
                .SelectMany(type => type.GetConstructors().Cast<MethodBase>().Concat(type.GetMethods()))
                .SelectMany(method => method.GetParameters())
                .Where(parameter => parameter.Name == "threads" && parameter.Member is { DeclaringType.IsPublic: true }),
        ];
        parameters.Length.ShouldBe(8);
        parameters.ShouldAllBe(parameter => parameter.DefaultValue!.Equals(WorkerPool.DefaultThreads));
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using var trainer = new Trainer(net.State, new SGD(), Loss.CrossEntropy, 4);
        using var pass = new NetworkPass(net.State, 4);
        using var predictor = new Predictor(net.State);
        new[] { trainer.Threads, pass.Threads, predictor.Threads }.ShouldAllBe(threads => threads == Environment.ProcessorCount);
    }

    /// <summary>Small networks, large ones, and one whose work no number holds.</summary>
    [Theory]
    [InlineData(1, 1_000_000, 1_000, 1)]
    [InlineData(8, 1, 1, 8)]
    [InlineData(500, 1, 1, 8)]
    [InlineData(500, 100_000, 32, 13)]
    [InlineData(500, 100_000_000, 32, 500)]
    [InlineData(4096, long.MaxValue / 2, int.MaxValue, 4096)]
    public void WorkersTakePartWhereThereIsWork(int threads, long multiplyAdds, int samples, int expected)
    {
        NetworkDefinition definition = new PerceptronProgram(4, 3, grouped: true).Definition with { MultiplyAdds = multiplyAdds };
        new UsefulWorkers(definition, threads).For(samples).ShouldBe(expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ManyMoreThreadsThanProcessorsGiveWhatFewGive(bool grouped)
    {
        TestNetwork few = TrainerTests.Perceptron(grouped, inputs: 300, outputs: 200), many = TrainerTests.Perceptron(grouped, inputs: 300, outputs: 200);
        using Trainer one = few.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, 400, 1), crowd = many.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, 400, 60);
        float[] inputs = TrainerTests.Floats(Reference.Filler.Values(1, 400 * 300));
        int[] labels = Reference.Filler.Labels(2, 400, 200);
        for (var step = 0; step < 3; step++)
            crowd.Step(inputs, labels).ShouldBe(one.Step(inputs, labels), 1e-4f);
        float[] values = many.AllValues(), expected = few.AllValues();
        // The last value counts the forward calls of the first group.
        for (var i = 0; i < values.Length; i++)
            values[i].ShouldBe(expected[i], 1e-5);
    }

    /// <summary>Threads of this process that bear a worker's name.</summary>
    private static int ThreadsOfWorkers() => Environment.OSVersion.Platform == PlatformID.Unix && Directory.Exists("/proc/self/task")
        ? Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("NetGen worker", StringComparison.Ordinal))
        : System.Diagnostics.Process.GetCurrentProcess().Threads.Count;

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // It has ended.
        }
    }

    private sealed class Stubborn() : Optimizer(1)
    {
        public int Count { get; set; }

        protected override int StateCount => Count;

        protected override void Update(in ParameterSlice slice)
        {
        }
    }
}
