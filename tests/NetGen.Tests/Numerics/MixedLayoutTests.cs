using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>A network with samples side by side in its first layers and channels in the others: its steps allocate nothing, and give the same bits always.</summary>
[Collection(Alone.Name)]
public sealed class MixedLayoutTests : IDisposable
{
    private const int Batch = 37, Classes = 7;

    private static readonly NetworkCase Network = new(
        [3, 12, 11],
        [
            new Conv2dLayer(3, 8, new(3), new(1), new(1)), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), new(0)), new Conv2dLayer(8, 32, new(3), new(1), new(1)), new ReLULayer(),
            new Conv2dLayer(32, 33, new(3), new(2), new(1)), new TanhLayer(), new FlattenLayer(), new LinearLayer(297, Classes),
        ], Batch, 5);

    private readonly CompiledNetworks compiled = CompiledCases.Compile([Network], PlanWish.Mixed);
    private readonly float[] inputs = [.. Filler.Values(1, Batch * 3 * 12 * 11).Select(value => (float)value)];
    private readonly int[] labels = Filler.Labels(2, Batch, Classes);

    public void Dispose() => compiled.Dispose();

    /// <summary>Otherwise this would be of another kind of network.</summary>
    [Fact]
    public void The_first_layers_have_samples_side_by_side() =>
        CompiledCases.Planned(Plans.Of([Network]).Single(), PlanWish.Mixed).Training.Layouts.LastLayer.ShouldBeGreaterThanOrEqualTo(0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Steps_and_predictions_allocate_nothing(int threads)
    {
        const int WarmUp = 20, Calls = 50;
        INetwork network = compiled.Create("Case0");
        var meter = new ThreadMeter();
        using Trainer trainer = new(network.State, new AdamW(), new MeteredLoss(meter), Batch, threads);
        var outputs = new float[Batch * Classes];
        void Run(int calls)
        {
            for (var i = 0; i < calls; i++)
            {
                trainer.Step(inputs, labels);
                network.Predict(inputs, outputs);
            }
        }
        Run(WarmUp);
        long allocated = 0;
        for (var attempt = 0; attempt < Allocation.Attempts; attempt++)
        {
            meter.Reset();
            Run(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(Calls);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0 && meter.Allocated.All(bytes => bytes == 0))
                break;
        }
        allocated.ShouldBe(0, "the caller");
        meter.Allocated.Count.ShouldBe(threads);
        meter.Allocated.ShouldAllBe(bytes => bytes == 0);
    }

    [Fact]
    public void Steps_give_the_same_bits_in_every_run_and_with_any_number_of_threads()
    {
        float[] first = Trained(threads: 1);
        foreach (int threads in new[] { 1, 2, 2, 3, 5 })
            Trained(threads).AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");

        float[] Trained(int threads)
        {
            INetwork network = compiled.Create("Case0", seed: 3);
            using Trainer trainer = new(network.State, new AdamW(), Loss.CrossEntropy, Batch, threads);
            for (var step = 0; step < 4; step++)
                trainer.Step(inputs, labels);
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    /// <summary>A loss that every worker comes by.</summary>
    private sealed class MeteredLoss(ThreadMeter meter) : CustomClassLoss
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, int label, Span<float> gradient)
        {
            meter.Read();
            gradient[label] = outputs[label] - 1;
            return 0.5 * gradient[label] * gradient[label];
        }
    }
}
