namespace NetGen.Tests.Training;

/// <summary>Batches for which no array is long enough.</summary>
public sealed class BatchMemoryTests
{
    /// <summary>Grouped or not; batch; the memory that it takes.</summary>
    public static TheoryData<bool, int, string> TooLarge => new()
    {
        // 80 floats of each sample: four rows of 16 and its gradient.
        { false, 100_000_000, "takes 29.8 GiB for what its layers compute" },
        { false, int.MaxValue, "8.0 GiB for labels" },
        { true, int.MaxValue, "8.0 GiB for labels" },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void ATrainerSaysWhatTheBatchTakesAndLeavesTheOptimizer(bool grouped, int batch, string memory)
    {
        var optimizer = new SGD(0.1f, momentum: 0.9f);
        ArgumentOutOfRangeException refusal = Should.Throw<ArgumentOutOfRangeException>(
            () => TrainerTests.Perceptron(grouped).CreateTrainer(optimizer, Loss.CrossEntropy, batch));
        refusal.ParamName.ShouldBe("batch");
        refusal.Message.ShouldContain($"Perceptron's trainer: a batch of {batch} samples");
        refusal.Message.ShouldContain(memory);
        TrainerTests.Perceptron(grouped).CreateTrainer(optimizer, Loss.CrossEntropy, 4).Dispose();
    }

    [Theory]
    [InlineData(false, 100_000_000, "takes 29.8 GiB for what its layers compute")]
    [InlineData(false, 600_000_000, "takes 8.9 GiB for its inputs")]
    [InlineData(true, 600_000_000, "takes 8.9 GiB for its inputs")]
    public void APassSaysWhatTheBatchTakes(bool grouped, int batch, string memory)
    {
        ArgumentOutOfRangeException refusal = Should.Throw<ArgumentOutOfRangeException>(() => TrainerTests.Perceptron(grouped).CreatePass(batch));
        refusal.ParamName.ShouldBe("batch");
        refusal.Message.ShouldContain($"Perceptron's pass: a batch of {batch} samples");
        refusal.Message.ShouldContain(memory);
    }

    [Fact]
    public void APassSaysWhichLayersOutputsAreTooMany() =>
        Should.Throw<ArgumentOutOfRangeException>(() => TrainerTests.Perceptron(grouped: true, inputs: 1, outputs: 40).CreatePass(60_000_000)).Message
            .ShouldContain("takes 8.9 GiB for the outputs of linear1; a buffer holds 8.0 GiB at most");
}
