using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Planning;

/// <summary>What is concatenated is made where the whole lies, and its gradient is left there, wherever a part fills whole vectors.</summary>
public class ConcatenationPlaceTests
{
    [Fact]
    public void DenseNet_copies_no_channels() =>
        Copies(Plans.OfZoo.Single(plan => plan.Graph.Identity.Name == "DenseNet121")).ShouldBeEmpty();

    [Fact]
    public void Parts_that_fill_no_whole_vectors_are_copied()
    {
        NetworkPlan plan = Plans.Of([Pair(49, 64)]).Single();
        Copies(plan).Count(step => step.Operation is ChannelCopy { Shape.Channels: 64 }).ShouldBeGreaterThan(0, "it begins within a vector");
        Copies(plan).Count(step => step.Operation is ChannelCopy { Shape.Channels: 49 }).ShouldBeGreaterThan(0, "a vector holds others too");
    }

    [Fact]
    public void The_last_part_need_not_fill_them() => Copies(Plans.Of([Pair(64, 49)]).Single()).ShouldBeEmpty();

    /// <summary>Samples are lanes: channels of any number do.</summary>
    [Fact]
    public void Parts_of_few_channels_are_copied_for_single_samples_only()
    {
        NetworkPlan plan = Plans.Of([Pair(3, 5)]).Single();
        plan.Training.Layouts.AreLanes.ShouldBeTrue();
        plan.Training.Steps.ShouldNotContain(step => step.Operation is FloatCopy);
        plan.PredictGroups.ShouldNotBeNull().Steps.ShouldNotContain(step => step.Operation is FloatCopy);
    }

    /// <summary>Nobody else may need the memory of the whole while a part is there.</summary>
    [Fact]
    public void The_memory_of_the_whole_is_taken_when_the_first_part_is_made()
    {
        PassPlan pass = Plans.Of([Pair(64, 48)]).Single().PredictSamples;
        MemoryPlan.Life whole = pass.Memory.Lives["concat1"];
        pass.Memory.Lives.Keys.ShouldNotContain("conv1");
        pass.Forward.First(step => step.Arguments.Any(argument => argument.Buffer.Memory == "concat1")).Arguments.ShouldContain(argument => argument.Buffer.Name == "conv1");
        whole.First.ShouldBeLessThan(whole.Last);
    }

    private static NetworkCase Pair(int first, int second) => new(
        [first, 32, 32],
        [
            new Conv2dLayer(first, first, new(3), new(1), new(1)), new Conv2dLayer(first, second, new(3), new(1), new(1)) { Sources = [-1] }, new ConcatLayer { Sources = [1, 0] },
            new Conv2dLayer(first + second, first > 8 ? 64 : 8, new(3), new(1), new(1)),
        ],
        16, 1);

    private static IEnumerable<Step> Copies(NetworkPlan plan) => plan.Steps.Where(step => step.Operation is ChannelCopy or FloatCopy);
}
