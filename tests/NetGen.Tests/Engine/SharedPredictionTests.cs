using System.Collections.Concurrent;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>Predictions that a pool's workers make together, of one sample or many.</summary>
[Collection(Alone.Name)]
public sealed class SharedPredictionTests
{
    private const int Inputs = 4, Outputs = 3;
    private static readonly float[] Samples = [.. Enumerable.Range(0, 100 * Inputs).Select(i => MathF.Sin(i))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 16)]
    [InlineData(2, 100)]
    [InlineData(5, 100)]
    public void AllWorkersMakeOneCallTogether(int threads, int count)
    {
        var calls = new ConcurrentQueue<(int Worker, int Workers)>();
        var program = new SharedProgram { OnPredict = (worker, workers) => calls.Enqueue((worker, workers)) };
        var net = new TestNetwork(program);
        float[] expected = Expected(count), outputs = new float[count * Outputs];
        using Predictor predictor = ((INetwork)net).CreatePredictor(threads);
        for (var call = 0; call < 20; call++)
        {
            outputs.AsSpan().Fill(-7);
            calls.Clear();
            predictor.Predict(Samples.AsSpan(0, count * Inputs), outputs);
            outputs.ShouldBe(expected);
            calls.Order().ShouldBe(Enumerable.Range(0, threads).Select(worker => (worker, threads)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void AWorkerThatFailsEndsTheCallForAllAndTheNextIsWhole(int failing)
    {
        var program = new SharedProgram();
        using var predictor = new Predictor(new TestNetwork(program).State, 3);
        var outputs = new float[100 * Outputs];
        for (var call = 0; call < 50; call++)
        {
            program.OnPredict = (worker, _) =>
            {
                if (worker == failing)
                    throw new InvalidDataException("the failure");
            };
            Should.Throw<InvalidDataException>(() => predictor.Predict(Samples, outputs)).Message.ShouldBe("the failure");
            program.OnPredict = null;
            predictor.Predict(Samples, outputs);
            outputs.ShouldBe(Expected(100));
        }
    }

    [Fact]
    public void WhileTheWorkersAreBusyAnotherThreadsCallIsMadeAlone()
    {
        var sizes = new ConcurrentDictionary<int, int>();
        var program = new SharedProgram();
        var net = new TestNetwork(program);
        using var predictor = new Predictor(net.State, 2);
        var outputs = new float[Outputs];
        Exception? failure = null;
        program.OnPredict = (worker, workers) =>
        {
            sizes.AddOrUpdate(workers, 1, (_, calls) => calls + 1);
            if (workers == 1 || worker == 1)
                return;
            var other = new Thread(() => failure = Record.Exception(() =>
            {
                var alone = new float[Outputs];
                predictor.Predict(Samples.AsSpan(0, Inputs), alone);
                alone.ShouldBe(Expected(1));
            }));
            other.Start();
            other.Join();
        };
        predictor.Predict(Samples.AsSpan(0, Inputs), outputs);
        failure.ShouldBeNull();
        outputs.ShouldBe(Expected(1));
        sizes[2].ShouldBe(2);
        sizes[1].ShouldBe(1);
    }

    [Fact]
    public void CallsAtOnceAllGetWhatOneGets()
    {
        using var predictor = new Predictor(new TestNetwork(new SharedProgram()).State, 2);
        CallsAtOnce.ShouldGive(threads: 3, Expected(2), outputs => predictor.Predict(Samples.AsSpan(0, 2 * Inputs), outputs));
    }

    [Fact]
    public void DisposedInItsOwnCallItEndsThatCallWellAndRefusesTheNext()
    {
        var program = new SharedProgram();
        var predictor = new Predictor(new TestNetwork(program).State, 3);
        program.OnPredict = (_, _) => predictor.Dispose();
        var outputs = new float[Outputs];
        predictor.Predict(Samples.AsSpan(0, Inputs), outputs);
        outputs.ShouldBe(Expected(1));
        Should.Throw<ObjectDisposedException>(() => predictor.Predict(Samples.AsSpan(0, Inputs), outputs));
    }

    [Fact]
    public void AllocatesNothing()
    {
        using var predictor = new Predictor(new TestNetwork(new SharedProgram()).State, 2);
        var outputs = new float[Outputs];
        for (var call = 0; call < 100; call++)
            predictor.Predict(Samples.AsSpan(0, Inputs), outputs);
        Allocation.Least(() =>
        {
            for (var call = 0; call < 1000; call++)
                predictor.Predict(Samples.AsSpan(0, Inputs), outputs);
        }).ShouldBe(0);
    }

    [Fact]
    public void MeasuringUsesItToo()
    {
        var most = 0;
        var net = new TestNetwork(new SharedProgram { OnPredict = (_, workers) => most = Math.Max(most, workers) });
        var data = new DataSet([Inputs], Samples.AsMemory(0, 5 * Inputs), new[] { 0, 1, 2, 0, 1 }, Outputs);
        Evaluation shared = net.Evaluate(data, threads: 3);
        most.ShouldBe(3, "one block of samples is enough for all workers");
        shared.ShouldBe(new TestNetwork(new PerceptronProgram(Inputs, Outputs, grouped: false)).Evaluate(data, threads: 1));
    }

    /// <summary>What the same perceptron gives that shares nothing.</summary>
    private static float[] Expected(int count) =>
        new TestNetwork(new PerceptronProgram(Inputs, Outputs, grouped: false)).Predict(Samples.AsSpan(0, count * Inputs));
}
