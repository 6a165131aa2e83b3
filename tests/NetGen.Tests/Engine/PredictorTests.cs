using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

[Collection(Alone.Name)]
public sealed class PredictorTests
{
    private static readonly float[] Inputs = [.. Enumerable.Range(0, 400).Select(i => MathF.Sin(i))];

    private static TestNetwork Network(bool grouped = false) => new(new PerceptronProgram(4, 3, grouped));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 16)]
    [InlineData(2, 17)]
    [InlineData(2, 100)]
    [InlineData(3, 33)]
    [InlineData(7, 100)]
    [InlineData(0, 100)]
    public void GivesWhatTheNetworkGives(int threads, int count)
    {
        TestNetwork net = Network();
        float[] expected = new float[count * 3], outputs = new float[count * 3];
        net.Predict(Inputs.AsSpan(0, count * 4), expected);
        using Predictor predictor = ((INetwork)net).CreatePredictor(threads);
        for (var call = 0; call < 20; call++)
        {
            outputs.AsSpan().Clear();
            predictor.Predict(Inputs.AsSpan(0, count * 4), outputs);
            outputs.ShouldBe(expected);
        }
        predictor.Threads.ShouldBe(threads == 0 ? Environment.ProcessorCount : threads);
    }

    [Fact]
    public void WrongLengthsAreRefusedAndNothingIsWritten()
    {
        using var predictor = new Predictor(Network().State, 2);
        float[] outputs = [.. Enumerable.Repeat(-7f, 300)];
        Should.Throw<ArgumentException>(() => predictor.Predict(Inputs.AsSpan(1), outputs)).Message.ShouldContain("holds 399");
        Should.Throw<ArgumentException>(() => predictor.Predict([], outputs)).Message.ShouldContain("holds 0");
        Should.Throw<ArgumentException>(() => predictor.Predict(Inputs, outputs.AsSpan(1))).Message.ShouldContain("holds 299");
        outputs.ShouldAllBe(value => value == -7);
    }

    [Fact]
    public void CallsAtOnceAllGetWhatOneGets()
    {
        TestNetwork net = Network();
        var expected = new float[300];
        net.Predict(Inputs, expected);
        using var predictor = new Predictor(net.State, 2);
        CallsAtOnce.ShouldGive(threads: 4, expected, outputs => predictor.Predict(Inputs, outputs));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Predictor(Network().State, -1));
        var predictor = new Predictor(Network().State, 2);
        predictor.Dispose();
        predictor.Dispose();
        Should.Throw<ObjectDisposedException>(() => predictor.Predict(Inputs, new float[300]));
    }

    [Fact]
    public void AllocatesNothing()
    {
        using var predictor = new Predictor(Network().State, 2);
        var outputs = new float[300];
        // As many calls as it takes for both workers to have had scratch memory of their own at the same time.
        for (var call = 0; call < 1000; call++)
            predictor.Predict(Inputs, outputs);
        Allocation.Least(() =>
        {
            for (var call = 0; call < 1000; call++)
                predictor.Predict(Inputs, outputs);
        }).ShouldBe(0);
    }
}
