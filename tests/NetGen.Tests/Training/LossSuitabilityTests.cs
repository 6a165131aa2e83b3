namespace NetGen.Tests.Training;

/// <summary>A loss that does not suit the last layer is refused before anything is made, with what was probably meant.</summary>
public sealed class LossSuitabilityTests
{
    private static Loss Named(string name) => name switch
    {
        "CrossEntropy" => Loss.CrossEntropy,
        "SmoothedCrossEntropy" => Loss.SmoothedCrossEntropy(0.1),
        "NegativeLogLikelihood" => Loss.NegativeLogLikelihood,
        "BinaryCrossEntropy" => Loss.BinaryCrossEntropy,
        "MeanSquaredError" => Loss.MeanSquaredError,
        "L1" => Loss.L1,
        _ => Loss.Huber(),
    };

    [Theory]
    [InlineData("CrossEntropy", 1, OutputForm.Raw, "use Loss.BinaryCrossEntropy for a yes or no, or give the last layer two outputs")]
    [InlineData("NegativeLogLikelihood", 1, OutputForm.LogSoftmax, "use Loss.BinaryCrossEntropy for a yes or no, or give the last layer two outputs")]
    [InlineData("CrossEntropy", 3, OutputForm.Softmax, "it contains the softmax; remove [Softmax]")]
    [InlineData("SmoothedCrossEntropy", 3, OutputForm.Softmax, "it contains the softmax; remove [Softmax]")]
    [InlineData("CrossEntropy", 3, OutputForm.Sigmoid, "remove [Sigmoid], or use Loss.BinaryCrossEntropy without it")]
    [InlineData("NegativeLogLikelihood", 3, OutputForm.Raw, "add [LogSoftmax] as the last layer, or use Loss.CrossEntropy")]
    [InlineData("NegativeLogLikelihood", 3, OutputForm.Sigmoid, "add [LogSoftmax] as the last layer")]
    [InlineData("NegativeLogLikelihood", 3, OutputForm.Softmax, "write [LogSoftmax] for [Softmax]")]
    [InlineData("BinaryCrossEntropy", 1, OutputForm.Sigmoid, "it contains the sigmoid; remove [Sigmoid]")]
    [InlineData("BinaryCrossEntropy", 3, OutputForm.Softmax, "remove the softmax, or use Loss.CrossEntropy without it")]
    [InlineData("BinaryCrossEntropy", 3, OutputForm.LogSoftmax, "remove the softmax")]
    public void AWrongPairSaysWhichWasMeant(string name, int outputs, OutputForm form, string way)
    {
        var net = new TestNetwork(new LinearProgram(4, outputs, form));
        var optimizer = new SGD(0.1);
        ArgumentException refusal = Should.Throw<ArgumentException>(() => net.CreateTrainer(optimizer, Named(name), 4));
        refusal.ParamName.ShouldBe("loss");
        refusal.Message.ShouldStartWith("Line's trainer: ");
        refusal.Message.ShouldContain(way);
        // The optimizer is still free for another network.
        new TestNetwork(new LinearProgram(4, 2)).CreateTrainer(optimizer, Loss.CrossEntropy, 4).Dispose();
    }

    [Theory]
    [InlineData("CrossEntropy", 2, OutputForm.Raw)]
    [InlineData("CrossEntropy", 3, OutputForm.LogSoftmax)]
    [InlineData("NegativeLogLikelihood", 3, OutputForm.LogSoftmax)]
    [InlineData("BinaryCrossEntropy", 1, OutputForm.Raw)]
    [InlineData("BinaryCrossEntropy", 3, OutputForm.Raw)]
    [InlineData("MeanSquaredError", 1, OutputForm.Raw)]
    [InlineData("MeanSquaredError", 3, OutputForm.Sigmoid)]
    [InlineData("L1", 3, OutputForm.Softmax)]
    [InlineData("Huber", 3, OutputForm.LogSoftmax)]
    public void ARightPairTrains(string name, int outputs, OutputForm form)
    {
        Loss loss = Named(name);
        using Trainer trainer = new TestNetwork(new LinearProgram(4, outputs, form)).CreateTrainer(new SGD(0.1), loss, 4);
        float first = loss.TakesLabels ? trainer.Step(TrainerTests.Inputs(1), [1]) : trainer.Step(TrainerTests.Inputs(1), new float[outputs]);
        float.IsFinite(first).ShouldBeTrue();
    }

    [Fact]
    public void AnImageOfOutputsIsNoChoiceOfClasses()
    {
        var net = new TestNetwork(new LinearProgram(4, 12, outputShape: [3, 2, 2]));
        Should.Throw<ArgumentException>(() => net.CreateTrainer(new SGD(), Loss.CrossEntropy, 4))
            .Message.ShouldContain("the network's outputs are [3, 2, 2]; end it with [Flatten] and [Linear(classes)]");
        Should.Throw<InvalidOperationException>(() => net.Classify(new float[4])).Message.ShouldContain("[3, 2, 2]");
        new TestNetwork(new LinearProgram(4, 3, outputShape: [3, 1, 1])).CreateTrainer(new SGD(), Loss.CrossEntropy, 4).Dispose();
    }

    [Fact]
    public void WeightsAreForThisNumberOfOutputs()
    {
        var net = new TestNetwork(new LinearProgram(4, 3));
        Should.Throw<ArgumentException>(() => net.CreateTrainer(new SGD(), Loss.WeightedCrossEntropy([1, 2]), 4))
            .Message.ShouldContain("2 class weights, and the network has 3 outputs");
        Should.Throw<ArgumentException>(() => net.CreateTrainer(new SGD(), Loss.WeightedBinaryCrossEntropy([1, 2]), 4))
            .Message.ShouldContain("2 positive weights, and the network has 3 outputs");
        net.CreateTrainer(new SGD(), Loss.WeightedBinaryCrossEntropy([5]), 4).Dispose();
        Should.Throw<ArgumentException>(() => Loss.WeightedCrossEntropy([])).Message.ShouldContain("none is given");
        Should.Throw<ArgumentException>(() => Loss.WeightedCrossEntropy([1, -1])).Message.ShouldContain("class weight 1 is -1");
        Should.Throw<ArgumentException>(() => Loss.WeightedCrossEntropy([0, 0])).Message.ShouldContain("All 2 class weights are 0");
        Should.Throw<ArgumentException>(() => Loss.WeightedBinaryCrossEntropy([double.NaN])).Message.ShouldContain("NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Huber(0)).ParamName.ShouldBe("delta");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Huber(double.PositiveInfinity));
    }
}
