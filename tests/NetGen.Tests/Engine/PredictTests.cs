using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

[Collection(Alone.Name)]
public sealed class PredictTests
{
    private static readonly float[] Inputs = [.. Enumerable.Range(0, 40).Select(i => MathF.Sin(i))];

    private static TestNetwork Network() => new(new PerceptronProgram(4, 3, grouped: false));

    [Fact]
    public void OneSampleOrSeveralGiveTheSame()
    {
        TestNetwork net = Network();
        var together = new float[30];
        net.Predict(Inputs, together);
        for (var n = 0; n < 10; n++)
        {
            var one = new float[3];
            net.Predict(Inputs.AsSpan(n * 4, 4), one);
            one.ShouldBe(together[(n * 3)..((n * 3) + 3)]);
            for (var o = 0; o < 3; o++)
            {
                double sum = net.Parameters["linear1.bias"].Values[o];
                for (var i = 0; i < 4; i++)
                    sum += (double)net.Parameters["linear1.weight"].Values[o, i] * Inputs[(n * 4) + i];
                one[o].ShouldBe((float)Math.Max(0, sum), 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, "inputs must hold a positive multiple of 4 values ([4]), and holds 0")]
    [InlineData(5, 3, "inputs must hold a positive multiple of 4 values ([4]), and holds 5")]
    [InlineData(4, 2, "outputs must hold 3 values (1 × 3), and holds 2")]
    [InlineData(8, 3, "outputs must hold 6 values (2 × 3), and holds 3")]
    [InlineData(8, 7, "outputs must hold 6 values (2 × 3), and holds 7")]
    public void WrongLengthsAreRefusedAndNothingIsWritten(int inputs, int outputs, string message)
    {
        var given = Enumerable.Repeat(-7f, outputs).ToArray();
        Should.Throw<ArgumentException>(() => Network().Predict(new float[inputs], given)).Message.ShouldContain("Perceptron.Predict: " + message);
        given.ShouldAllBe(value => value == -7);
    }

    [Fact]
    public void ManyThreadsAtOnceAllGetWhatOneGets()
    {
        TestNetwork net = Network();
        var expected = new float[30];
        net.Predict(Inputs, expected);
        CallsAtOnce.ShouldGive(threads: 8, expected, outputs => net.Predict(Inputs, outputs));
    }

    [Fact]
    public void AllocatesNothing()
    {
        TestNetwork net = Network();
        var outputs = new float[30];
        net.Predict(Inputs, outputs);
        Allocation.Least(() =>
        {
            for (var call = 0; call < 1000; call++)
                net.Predict(Inputs, outputs);
        }).ShouldBe(0);
    }
}
