namespace NetGen.Tests.Training;

/// <summary>Everything that training on classes has, for values and for yes or no.</summary>
public sealed class RegressionTests
{
    private static readonly Loss[] ValueLosses = [Loss.MeanSquaredError, Loss.L1, Loss.Huber(0.5), Loss.BinaryCrossEntropy];

    /// <summary>Points in [−1, 1)⁴ and two values of each, in [0, 1] so that every loss takes them.</summary>
    private static readonly DataSet Train = Make(0, 60), Held = Make(60, 21);

    public static TheoryData<int, bool, int> Ways =>
        new() { { 0, true, 2 }, { 0, false, 1 }, { 1, true, 2 }, { 1, false, 1 }, { 2, true, 2 }, { 2, false, 1 }, { 3, true, 2 }, { 3, false, 1 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void FitIsTheLoopThatOneWouldWrite(int number, bool grouped, int threads)
    {
        Loss loss = ValueLosses[number];
        TestNetwork fitted = TrainerTests.Perceptron(grouped, outputs: 2), byHand = TrainerTests.Perceptron(grouped, outputs: 2);
        LearningRate schedule = LearningRate.CosineAnnealing(0.1);
        using Trainer trainer = fitted.CreateTrainer(new SGD(1, 0.9), loss, 16, threads);
        History history = trainer.Fit(Train, 2, Held, schedule, shuffle: 5);

        using Trainer loop = byHand.CreateTrainer(new SGD(1, 0.9), loss, 16, threads);
        var step = 0;
        BatchSequence batches = Train.Batches(16, new Seed(5));
        for (var epoch = 0; epoch < 2; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in batches.Epoch(epoch))
            {
                loop.Optimizer.LearningRate = schedule.At(step++, 4, 2);
                sum += loop.Step(batch.Inputs, batch.Targets) * (double)batch.Count;
            }
            history[epoch].TrainLoss.ShouldBe(sum / 60, 1e-6);
            Evaluation held = loop.Evaluate(Held), alone = byHand.Evaluate(Held, loss, threads: 2);
            history[epoch].ValidationLoss!.Value.ShouldBe(held.Loss, 1e-12);
            history[epoch].ValidationAccuracy.ShouldBe(held.Accuracy);
            alone.Loss.ShouldBe(held.Loss, 1e-6);
            alone.Accuracy.ShouldBe(held.Accuracy);
            (history[epoch].TrainAccuracy is null).ShouldBe(loss != Loss.BinaryCrossEntropy);
            (held.Accuracy is null).ShouldBe(loss != Loss.BinaryCrossEntropy);
        }
        fitted.AllValues().ShouldBe(byHand.AllValues());
    }

    [Fact]
    public void RegressionLearnsALine()
    {
        // relu(x·w + 3) is a line where it is above 0, and least squares finds it.
        float[] inputs = TrainerTests.Floats(Reference.Filler.Values(8, 200 * 4));
        float[] targets = [.. inputs.Chunk(4).Select(x => 3 + x[0] - (0.5f * x[1]) + (0.25f * x[3]))];
        var data = new DataSet([4], inputs, targets);
        TestNetwork net = TrainerTests.Perceptron(grouped: true, outputs: 1);
        net.Parameters["linear1.bias"].Values[0] = 2;
        using Trainer trainer = net.CreateTrainer(new Adam(0.05), Loss.MeanSquaredError, 20);
        History history = trainer.Fit(data, 60, validation: data, schedule: LearningRate.CosineAnnealing(0.05));
        history.Last.ValidationLoss!.Value.ShouldBeLessThan(1e-4);
        history.Last.TrainAccuracy.ShouldBeNull();
        float[] expected = [1, -0.5f, 0, 0.25f], learnt = net.Parameters["linear1.weight"].Values.ToArray();
        for (var i = 0; i < 4; i++)
            learnt[i].ShouldBe(expected[i], 0.02);
    }

    [Fact]
    public void AYesOrNoIsLearntFromTargetsOrFromLabels()
    {
        float[] inputs = TrainerTests.Floats(Reference.Filler.Values(8, 200 * 4));
        byte[] labels = [.. inputs.Chunk(4).Select(x => x[0] > x[1] ? (byte)1 : (byte)0)];
        var ofTargets = new DataSet([4], inputs, labels.Select(label => (float)label).ToArray());
        var ofLabels = new DataSet([4], inputs, labels, classCount: 2);
        var results = new List<float[]>();
        foreach (DataSet data in new[] { ofTargets, ofLabels })
        {
            var net = new TestNetwork(new LinearProgram(4, 1));
            using Trainer trainer = net.CreateTrainer(new Adam(0.1), Loss.BinaryCrossEntropy, 25);
            History history = trainer.Fit(data, 30, validation: data);
            history.Last.TrainAccuracy!.Value.ShouldBeGreaterThan(0.95);
            Evaluation evaluation = net.Evaluate(data, Loss.BinaryCrossEntropy);
            evaluation.Accuracy!.Value.ShouldBe(history.Last.ValidationAccuracy!.Value);
            evaluation.Loss.ShouldBe(history.Last.ValidationLoss!.Value, 1e-6);
            int right = Enumerable.Range(0, 200).Count(n => net.Classify(data.Sample(n)) == labels[n]);
            ((double)right / 200).ShouldBe(evaluation.Accuracy.Value);
            results.Add(net.AllValues());
        }
        results[1].ShouldBe(results[0]);
    }

    [Fact]
    public void ClassWeightsDrawTheBorder()
    {
        // Nothing can be told from the inputs: the best guess is how often a class counts.
        var inputs = new float[100 * 4];
        int[] labels = [.. Enumerable.Range(0, 100).Select(n => n < 90 ? 0 : 1)];
        var net = new TestNetwork(new LinearProgram(4, 2));
        using Trainer trainer = net.CreateTrainer(new Adam(0.1), Loss.WeightedCrossEntropy([1, 9]), 100);
        trainer.Fit(new DataSet([4], inputs, labels, 2), 200);
        float[] outputs = net.Predict(new float[4]);
        (outputs[1] - outputs[0]).ShouldBe(0, 0.02);

        var bySample = new TestNetwork(new LinearProgram(4, 2));
        using Trainer other = bySample.CreateTrainer(new Adam(0.1), Loss.CrossEntropy, 100);
        other.Fit(new DataSet([4], inputs, labels, 2).WithWeights(labels.Select(label => label == 0 ? 1f : 27).ToArray()), 400);
        outputs = bySample.Predict(new float[4]);
        (outputs[1] - outputs[0]).ShouldBe((float)Math.Log(3), 0.02);
    }

    /// <summary>The epoch's mean is Σ weight·loss / Σ weight over all samples, whatever batches they came in.</summary>
    [Fact]
    public void WeightsOfSamplesHoldOverTheWholeEpoch()
    {
        float[] weights = [.. Enumerable.Range(0, Held.Count).Select(n => (float)(n % 5))];
        TestNetwork net = TrainerTests.Perceptron(grouped: true, outputs: 2);
        float[] outputs = net.Predict(Held.Inputs);
        double sum = 0;
        for (var n = 0; n < Held.Count; n++)
        {
            for (var i = 0; i < 2; i++)
                sum += weights[n] * Math.Pow(outputs[(n * 2) + i] - Held.Targets[(n * 2) + i], 2) / 2;
        }
        using Trainer trainer = net.CreateTrainer(new SGD(0), Loss.MeanSquaredError, 8);
        DataSet weighted = Held.WithWeights(weights);
        double expected = sum / weights.Sum();
        trainer.Evaluate(weighted).Loss.ShouldBe(expected, 1e-6);
        net.Evaluate(weighted).Loss.ShouldBe(expected, 1e-6);
        trainer.Fit(weighted, 1).Last.TrainLoss.ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void WhatDoesNotGoTogetherIsRefused()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true, outputs: 2);
        using Trainer ofValues = net.CreateTrainer(new SGD(), Loss.BinaryCrossEntropy, 8), ofClasses = net.CreateTrainer(new SGD(), Loss.CrossEntropy, 8);
        Should.Throw<InvalidOperationException>(() => ofClasses.Fit(Train, 1)).Message.ShouldContain("compares with class labels, and the data set has targets of shape [2]");
        Should.Throw<InvalidOperationException>(() => ofClasses.Evaluate(Train));
        Should.Throw<InvalidOperationException>(() => net.Evaluate(Train, Loss.CrossEntropy));
        var threeTargets = new DataSet([4], new float[8], new float[6]);
        Should.Throw<ArgumentException>(() => ofValues.Fit(threeTargets, 1)).Message.ShouldContain("targets have shape [3], 3 values, and the network's outputs [2], 2");
        var outside = new DataSet([4], new float[8], new[] { 0, 1, 0.5f, 1.5f });
        Should.Throw<ArgumentException>(() => ofValues.Fit(outside, 1)).Message.ShouldContain("target 1 of sample 1 is 1.5; a probability");
        Should.Throw<ArgumentException>(() => ofValues.Step(new float[4], [0f, float.NaN])).Message.ShouldContain("target 1 of sample 0 is NaN");
        // A batch of a set for another network must not be read past its end.
        Should.Throw<ArgumentException>(() =>
        {
            foreach (Batch batch in new DataSet([4], new float[16], new float[4]).Batches(4))
                ofValues.Step(batch);
        }).Message.ShouldContain("4 samples need 8 targets (4 × [2]), and 4 are given");
        Should.Throw<ArgumentException>(() =>
        {
            foreach (Batch batch in new DataSet([4], new float[16], new int[4], 1).Batches(4))
                ofValues.Step(batch);
        }).Message.ShouldContain("and 4 are given");
        ofValues.StepCount.ShouldBe(0);
    }

    [Fact]
    public void WholeNumbersAreWhatTheLossTakesThemFor()
    {
        float[] inputs = TrainerTests.Inputs(2);
        TestNetwork classes = TrainerTests.Perceptron(grouped: true), same = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = classes.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 4), other = same.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 4);
        trainer.Step(inputs, [1, 2]).ShouldBe(other.Step(inputs, new[] { 1, 2 }));

        TestNetwork values = TrainerTests.Perceptron(grouped: true, outputs: 1), floats = TrainerTests.Perceptron(grouped: true, outputs: 1);
        using Trainer ofValues = values.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, 4), ofFloats = floats.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, 4);
        ofValues.Step(inputs, [1, 2]).ShouldBe(ofFloats.Step(inputs, [1f, 2f]));
        ofValues.Step(inputs, new byte[] { 3, 250 }).ShouldBe(ofFloats.Step(inputs, [3f, 250f]));
        ofValues.Step(inputs, [-1, 2]).ShouldBe(ofFloats.Step(inputs, [-1f, 2f]));
        values.AllValues().ShouldBe(floats.AllValues());

        using Trainer binary = values.CreateTrainer(new SGD(0.1), Loss.BinaryCrossEntropy, 4);
        Should.Throw<ArgumentException>(() => binary.Step(inputs, [1, 2])).Message.ShouldContain("target 0 of sample 1 is 2; a probability");
    }

    private static DataSet Make(int first, int count)
    {
        float[] inputs = TrainerTests.Floats(Reference.Filler.Values(8, count * 4, first: first * 4));
        return new DataSet([4], inputs, inputs.Chunk(4).SelectMany(x => new[] { (x[0] + 1) / 2, x[1] > x[2] ? 1f : 0f }).ToArray());
    }
}
