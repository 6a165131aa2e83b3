using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Planning;

/// <summary>Inference takes hardly more memory than must be there at once: what is alive at the same time, at the worst moment.</summary>
public class ActivationMemoryTests
{
    private const double Most = 1.1;

    [Fact]
    public void Networks_of_the_tests_are_within_a_tenth_of_what_is_alive_at_once() =>
        Plans.Of([.. NetworkCases.Whole, .. NetworkCases.Edges, .. NetworkCases.Tiny, .. ConvolutionCases.All, .. CaseSets.Generated, .. CaseSets.Branched, .. CaseSets.Topology]).SelectMany(Excesses).ShouldBeEmpty();

    [Fact]
    public void Networks_of_the_zoo_are_within_a_tenth_of_what_is_alive_at_once()
    {
        Plans.OfZoo.Select(plan => plan.Graph.Identity.Name).Except(ReferenceCountTests.Names).ShouldBe(["DenseNet121Chain"]);
        Plans.OfZoo.SelectMany(Excesses).ShouldBeEmpty();
    }

    /// <summary>Two that are never needed at once share memory, which the bound knows; a plan that keeps them apart is above it.</summary>
    [Fact]
    public void A_plan_that_shares_nothing_is_found()
    {
        NetworkPlan plan = Plans.Of([NetworkCases.Whole[3]]).Single();
        MemoryPlan memory = plan.PredictSamples.Memory;
        int apart = memory.Lives.Values.Where(life => life.Buffer.IsPerSample).Sum(life => Layouts.Padded(life.Buffer.Floats));
        Excesses(plan with { PredictSamples = plan.PredictSamples with { Memory = memory with { SampleFloats = apart } } }).ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Excesses(NetworkPlan plan)
    {
        foreach (PassPlan pass in new[] { plan.PredictSamples, plan.PredictGroups }.OfType<PassPlan>())
        {
            foreach ((bool perSample, int floats) in new[] { (false, pass.Memory.FixedFloats), (true, pass.Memory.SampleFloats) })
            {
                int bound = Bound(pass.Forward, perSample);
                if (floats > Most * bound)
                    yield return $"{floats} floats where {bound} are alive at once{(perSample ? ", of each sample" : "")}: {string.Join(", ", plan.Graph.Layers.Select(layer => $"{layer.Layer.Kind} {layer.Layer.Details(layer.Input)}"))}";
            }
        }
    }

    /// <summary>The largest sum of buffers that have been touched and will be again, by steps that run one after the other or between two meetings.</summary>
    private static int Bound(EquatableArray<Step> steps, bool perSample)
    {
        bool isShared = steps.Any(step => step.Waits);
        var now = 0;
        int[] moments = [.. steps.Select((step, i) => isShared && !step.Waits && i > 0 ? now : ++now)];
        var lives = steps.Zip(moments).SelectMany(step => step.First.Arguments.Select(argument => (argument.Buffer, Moment: step.Second)))
            .Where(use => use.Buffer.Space == Space.Arena && use.Buffer.IsPerSample == perSample)
            .GroupBy(use => use.Buffer.Memory, (_, uses) => (Floats: Layouts.Padded(uses.First().Buffer.Floats), First: uses.Min(use => use.Moment), Last: uses.Max(use => use.Moment)))
            .ToList();
        return moments.Select(moment => lives.Where(life => life.First <= moment && moment <= life.Last).Sum(life => life.Floats)).DefaultIfEmpty(0).Max();
    }
}
