using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>A failing network of many layers is of little use; its smallest failing part is.</summary>
public class CaseShrinkerTests
{
    private static readonly NetworkCase Network = new(
        [2, 8, 8],
        [new ReLULayer(), new Conv2dLayer(2, 3, new(3), new(1), new(0)), new TanhLayer(), new SigmoidLayer(), new FlattenLayer(), new LinearLayer(108, 4)],
        Batch: 17,
        Partial: 5);

    [Fact]
    public void The_smallest_failing_network_is_found()
    {
        static string? Attempt(NetworkCase one) => one.Layers.Any(layer => layer is SigmoidLayer) && one.Batch > 3 ? "then" : null;

        (NetworkCase smallest, string failure) = CaseShrinker.Smallest(Network, "first", Attempt);

        smallest.Layers.ShouldBe([new SigmoidLayer()]);
        smallest.Input.ShouldBe([3, 6, 6]);
        smallest.Batch.ShouldBe(4);
        smallest.Partial.ShouldBe(1);
        failure.ShouldBe("then");
    }

    [Fact]
    public void Every_smaller_network_is_well_formed()
    {
        foreach (NetworkCase smaller in CaseShrinker.Smaller(Network))
        {
            Trial trial = Trial.Draw(smaller, 1, training: false);
            trial.Activations.Count.ShouldBe(smaller.Layers.Length);
            smaller.Partial.ShouldBeInRange(1, smaller.Batch);
        }
    }
}
