namespace NetGen.Tests.Training;

/// <summary>What must allocate nothing, measured on each thread that takes part.</summary>
[Collection(Alone.Name)]
public sealed class AllocationTests
{
    private const int WarmUp = 50, Calls = 300;
    private static readonly float[] Inputs = TrainerTests.Inputs(50);
    private static readonly int[] Labels = TrainerTests.Labels(50);
    private static readonly byte[] Bytes = [.. Labels.Select(label => (byte)label)];
    private static readonly float[] Targets = new float[150], Weights = [.. Enumerable.Range(0, 50).Select(n => n % 3f)];
    private static readonly int[] WholeTargets = new int[150];
    private readonly ThreadMeter meter = new();

    public static TheoryData<bool, int> Ways => new() { { true, 1 }, { true, 2 }, { true, 3 }, { false, 1 }, { false, 2 }, { false, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void AStepAllocatesNothing(bool grouped, int threads)
    {
        using Trainer trainer = Network(grouped).CreateTrainer(new AdamW(), Loss.CrossEntropy, 50, threads);
        Check(threads, () => trainer.Step(Inputs, Labels));
        Check(threads, () => trainer.Step(Inputs, Bytes));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AStepOnValuesAllocatesNothing(bool grouped, int threads)
    {
        foreach (Loss loss in new[]
        {
            Loss.MeanSquaredError, Loss.L1, Loss.Huber(0.5), Loss.BinaryCrossEntropy, Loss.WeightedBinaryCrossEntropy([2], [1, 2, 3]), Loss.Focal(), Loss.Dice(),
        })
        {
            using Trainer trainer = Network(grouped).CreateTrainer(new SGD(momentum: 0.9), loss, 50, threads);
            Check(threads, () => trainer.Step(Inputs, Targets));
            Check(threads, () => trainer.Step(Inputs, Targets, Weights));
            Check(threads, () => trainer.Step(Inputs, WholeTargets));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AStepOnClassesAllocatesNothingWhateverTheLoss(bool grouped, int threads)
    {
        foreach (Loss loss in new[] { Loss.CrossEntropy, Loss.SmoothedCrossEntropy(0.1), Loss.WeightedCrossEntropy([1, 2, 3], 0.1), Loss.SmoothedCrossEntropy(0, ignoreIndex: 1), Loss.Hinge() })
            Run(loss, OutputForm.Raw);
        foreach (Loss loss in new[] { Loss.NegativeLogLikelihood, Loss.WeightedNegativeLogLikelihood([1, 2, 3]) })
            Run(loss, OutputForm.LogSoftmax);

        void Run(Loss loss, OutputForm form)
        {
            using Trainer trainer = Network(grouped, form).CreateTrainer(new SGD(), loss, 50, threads);
            Check(threads, () => trainer.Step(Inputs, Labels));
            Check(threads, () => trainer.Step(Inputs, Labels, Weights));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AStepAllocatesNothingWhateverTheOptimizer(bool grouped, int threads)
    {
        foreach (Optimizer optimizer in new Optimizer[]
        {
            new RMSprop(momentum: 0.9, centered: true) { ClipValue = 0.1 }, new Adagrad { Groups = [ParameterGroup.NoDecay] }, new Lion { ClipNorm = 0.1 }, new Muon { ClipNorm = 1 },
        })
        {
            TestNetwork net = Network(grouped);
            using Trainer trainer = net.CreateTrainer(optimizer, Loss.CrossEntropy, 40, threads);
            var average = new ExponentialMovingAverage(net);
            trainer.AccumulationSteps = 2;
            Check(threads, () =>
            {
                trainer.Step(Inputs, Labels);
                average.Update();
            });
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void APassAllocatesNothingOnceEverythingHasBeenRead(bool grouped, int threads)
    {
        TestNetwork net = Network(grouped);
        using NetworkPass pass = net.CreatePass(50, threads);
        var optimizer = new SGD(0.1f);
        float sum = 0;
        Check(threads, () =>
        {
            pass.Forward(Inputs);
            pass.OutputGradient.Fill(pass.Output[0]);
            pass.Backward();
            sum += pass.InputGradient[0] + pass.Activations["linear1"][0];
            optimizer.Step(net);
        });
        float.IsFinite(sum).ShouldBeTrue();
    }

    private TestNetwork Network(bool grouped, OutputForm form = OutputForm.Raw) => new(new PerceptronProgram(4, 3, grouped, form) { OnForward = (_, _) => meter.Read() });

    private void Check(int threads, Action call)
    {
        for (var i = 0; i < WarmUp; i++)
            call();
        long allocated = 0;
        for (var attempt = 0; attempt < Allocation.Attempts; attempt++)
        {
            meter.Reset();
            call();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
                call();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0 && meter.Allocated.All(bytes => bytes == 0))
                break;
        }
        allocated.ShouldBe(0, "the caller");
        meter.Allocated.Count.ShouldBe(threads);
        meter.Allocated.ShouldAllBe(bytes => bytes == 0);
    }
}
