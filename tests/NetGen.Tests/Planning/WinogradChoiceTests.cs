using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Operations;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Planning;

/// <summary>Which convolutions go by Winograd's transformations.</summary>
public class WinogradChoiceTests
{
    /// <summary>Weight gradients are made with it on maps of eight pixels and more, which the third has.</summary>
    [Fact]
    public void The_networks_that_are_checked_with_it_have_it_in_both_directions()
    {
        Target[] both = [Target.Output, Target.Input];
        Target[][] expected = [both, both, [.. both, Target.Weight], both];
        IEnumerable<NetworkPlan> plans = Plans.Of(NetworkCases.Winograd).Select(plan => CompiledCases.Planned(plan, PlanWish.Wide));
        foreach ((NetworkPlan plan, Target[] targets) in plans.Zip(expected, (plan, targets) => (plan, targets)))
            Targets(plan.Training).ShouldBe(targets, ignoreOrder: true);
    }

    /// <summary>All but the first, which reads three channels.</summary>
    [Fact]
    public void Vgg16_has_it_in_twelve_of_its_thirteen_convolutions()
    {
        NetworkPlan plan = Plans.OfZoo.Single(one => one.Graph.Identity.Name == "Vgg16");
        plan.PredictSamples.Forward.Count(step => step.Operation is WinogradContraction).ShouldBe(12);
        foreach (Target target in new[] { Target.Input, Target.Weight })
            plan.Training.Backward.Count(step => step.Operation is WinogradContraction c && c.Target == target).ShouldBe(12);
    }

    /// <summary>On a map of one tile the transformation of the weights costs more than the products that are saved.</summary>
    [Fact]
    public void Many_channels_on_a_small_map_go_without()
    {
        NetworkCase small = new([512, 2, 2], [new Reference.Layers.Conv2dLayer(512, 512, new(3), new(1), new(1))], 2, 1);
        NetworkPlan plan = Plans.Of([small]).Single();
        plan.PredictSamples.Forward.ShouldContain(step => step.Operation is WideContraction);
        Targets(plan.Training).ShouldBeEmpty();
    }

    private static IEnumerable<Target> Targets(PassPlan pass) => pass.Steps.Select(step => step.Operation).OfType<WinogradContraction>().Select(c => c.Target).Distinct();
}
