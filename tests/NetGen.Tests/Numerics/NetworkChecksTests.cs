using NetGen.Tests.Reference.Layers;
using Fault = NetGen.Tests.Numerics.PlainProgram.Fault;

namespace NetGen.Tests.Numerics;

/// <summary>The checks accept a right program, of either way of working, and refuse wrong ones: a test that cannot fail proves nothing.</summary>
public class NetworkChecksTests
{
    private static readonly NetworkCase Plain = new(
        [2, 4, 4], [new Conv2dLayer(2, 3, new(2), new(2), new(0)), new ReLULayer(), new FlattenLayer(), new LinearLayer(12, 3)], 17, 5);

    private static readonly NetworkCase Normed = new([3], [new BatchNorm1dLayer(3), new LinearLayer(3, 2)], 6, 4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_right_program_is_accepted(bool grouped) => Check(Plain, grouped, Fault.None);

    [Fact]
    public void A_right_program_with_batch_statistics_is_accepted() => Check(Normed, grouped: false, Fault.None);

    [Theory]
    [InlineData("WritesPastOutputs", "outputs of Predict")]
    [InlineData("ReadsScratch", "Predict of 1")]
    [InlineData("WrongPredict", "Predict of 1")]
    [InlineData("WrongLastBias", "gradient of linear1.bias, backward from linear1")]
    [InlineData("KeepsGradientsOfLastStep", "gradient of conv1.weight, backward from linear1")]
    [InlineData("ForgetsPartialBatch", "evaluation of 5")]
    [InlineData("WrongInputGradient", "gradient of the input")]
    [InlineData("WrongFirstActivation", "activation conv1")]
    [InlineData("NeverTheSameBits", "the same bits again")]
    [InlineData("RoughSums", "times what float32 makes")]
    public void A_wrong_program_is_found(string fault, string where)
    {
        Exception failure = Should.Throw<ShouldAssertException>(() => Check(Plain, grouped: false, Enum.Parse<Fault>(fault)));
        failure.Message.ShouldContain(where);
        failure.Message.ShouldContain("Conv2d(2, 3, 2, stride: 2)");
    }

    [Fact]
    public void Running_statistics_that_stand_still_are_found() =>
        Should.Throw<ShouldAssertException>(() => Check(Normed, grouped: false, Fault.NoRunningStatistics)).Message.ShouldContain("batchnorm1.running_mean");

    private static void Check(NetworkCase network, bool grouped, Fault fault) =>
        new NetworkChecks(network).All(new GuardedNetwork(new PlainProgram(network, grouped, fault)));
}
