namespace NetGen.Tests.Training;

public sealed class CustomLossTests
{
    private static readonly float[] Inputs = TrainerTests.Inputs(40);

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    public void ALossOfOnesOwnTrainsAsTheBuiltInOneOfItsFormula(bool grouped, int threads)
    {
        float[] targets = TrainerTests.Floats(Reference.Filler.Values(3, 120)), weights = [.. Enumerable.Range(0, 40).Select(n => n % 3 + 0.5f)];
        TestNetwork own = TrainerTests.Perceptron(grouped), builtIn = TrainerTests.Perceptron(grouped);
        using Trainer first = own.CreateTrainer(new SGD(0.1), new Squares(), 40, threads), second = builtIn.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, 40, threads);
        for (var step = 0; step < 5; step++)
            first.Step(Inputs, targets, weights).ShouldBe(second.Step(Inputs, targets, weights), 1e-6f);
        AreClose(own, builtIn);
        var data = new DataSet([4], Inputs, targets);
        first.Evaluate(data).Loss.ShouldBe(second.Evaluate(data).Loss, 1e-6);
        own.Evaluate(data, new Squares()).Loss.ShouldBe(second.Evaluate(data).Loss, 1e-6);
        first.Evaluate(data).Accuracy.ShouldBeNull();

        int[] labels = TrainerTests.Labels(40);
        TestNetwork ofClasses = TrainerTests.Perceptron(grouped), entropy = TrainerTests.Perceptron(grouped);
        using Trainer third = ofClasses.CreateTrainer(new SGD(0.1), new LogSoftmaxOfLabel(), 40, threads), fourth = entropy.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 40, threads);
        var classes = new DataSet([4], Inputs, labels, 3);
        History history = third.Fit(classes, 3, classes), expected = fourth.Fit(classes, 3, classes);
        history.Last.ValidationLoss!.Value.ShouldBe(expected.Last.ValidationLoss!.Value, 1e-6);
        history.Last.ValidationAccuracy.ShouldBe(expected.Last.ValidationAccuracy);
        AreClose(ofClasses, entropy);
    }

    [Fact]
    public void ItSaysWhatItExpects()
    {
        var net = new TestNetwork(new LinearProgram(4, 3, OutputForm.Softmax));
        ArgumentException refusal = Should.Throw<ArgumentException>(() => net.CreateTrainer(new SGD(), new Squares(), 4));
        refusal.Message.ShouldContain("Squares does not go with this network: this loss expects a network that ends in Raw, and the last layer's outputs are Softmax");
        net.CreateTrainer(new SGD(), new Thrower(), 4).Dispose();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public void WhatItThrowsEndsTheStepAndChangesNoParameter(bool grouped, int threads)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped), undisturbed = TrainerTests.Perceptron(grouped);
        var loss = new Thrower();
        using Trainer trainer = net.CreateTrainer(new Adam(0.1), loss, 40, threads), other = undisturbed.CreateTrainer(new Adam(0.1), new Thrower(), 40, threads);
        float[] before = net.Parameters["linear1.weight"].Values.ToArray();
        loss.Throws = true;
        for (var i = 0; i < 3; i++)
            Should.Throw<TimeZoneNotFoundException>(() => trainer.Step(Inputs, new float[120]));
        net.Parameters["linear1.weight"].Values.ToArray().ShouldBe(before);
        (trainer.StepCount, trainer.Optimizer.StepCount).ShouldBe((0, 0));
        loss.Throws = false;
        trainer.Step(Inputs, new float[120]).ShouldBe(other.Step(Inputs, new float[120]));
        net.Parameters["linear1.weight"].Values.ToArray().ShouldBe(undisturbed.Parameters["linear1.weight"].Values.ToArray());
    }

    /// <summary>Its spans end where the sample does: whatever it writes or reads beyond is an exception, not someone's memory.</summary>
    [Fact]
    public void ItCannotWriteBesideItsSample()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), new Beside(), 40);
        Should.Throw<IndexOutOfRangeException>(() => trainer.Step(Inputs, new float[120]));
        Should.Throw<IndexOutOfRangeException>(() => trainer.Evaluate(new DataSet([4], Inputs, new float[120])));
        net.AllValues().ShouldAllBe(value => float.IsFinite(value));
    }

    [Fact]
    public void ItMayChangeTheCallersArraysWithoutHarm()
    {
        float[] targets = new float[120];
        int[] labels = TrainerTests.Labels(40);
        var loss = new Meddler(() => Array.Fill(labels, int.MaxValue));
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), loss, 40);
        float.IsFinite(trainer.Step(Inputs, labels)).ShouldBeTrue();
        loss.Seen.ShouldBeSubsetOf([0, 1, 2]);
        Should.Throw<ArgumentException>(() => trainer.Step(Inputs, labels)).Message.ShouldContain("label 0 is 2147483647");
    }

    private static void AreClose(TestNetwork actual, TestNetwork expected)
    {
        float[] given = actual.AllValues(), wanted = expected.AllValues();
        for (var i = 0; i < given.Length; i++)
            given[i].ShouldBe(wanted[i], 1e-5);
    }

    private sealed class Squares() : CustomValueLoss(OutputForm.Raw)
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            double sum = 0;
            for (var i = 0; i < outputs.Length; i++)
            {
                float difference = outputs[i] - targets[i];
                sum += difference * difference / outputs.Length;
                gradient[i] = 2 * difference / outputs.Length;
            }
            return sum;
        }
    }

    private sealed class LogSoftmaxOfLabel() : CustomClassLoss(OutputForm.Raw)
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, int label, Span<float> gradient)
        {
            double sum = 0;
            foreach (float x in outputs)
                sum += Math.Exp(x);
            for (var i = 0; i < outputs.Length; i++)
                gradient[i] = (float)(Math.Exp(outputs[i]) / sum) - (i == label ? 1 : 0);
            return Math.Log(sum) - outputs[label];
        }
    }

    private sealed class Thrower : CustomValueLoss
    {
        public bool Throws { get; set; }

        protected override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            if (Throws)
                throw new TimeZoneNotFoundException();
            outputs.CopyTo(gradient);
            return outputs[0];
        }
    }

    private sealed class Beside : CustomValueLoss
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => gradient[outputs.Length] = 1e9f;
    }

    private sealed class Meddler(Action meddle) : CustomClassLoss
    {
        public List<int> Seen { get; } = [];

        protected override double Evaluate(ReadOnlySpan<float> outputs, int label, Span<float> gradient)
        {
            Seen.Add(label);
            meddle();
            return outputs[label];
        }
    }
}
