using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Planning;

/// <summary>
/// The order of steps is safe at run time: nothing reads memory before its first write or after its last use, whatever layer a backward pass starts from, and
/// whatever the number of workers.
/// </summary>
public class PoisoningTests
{
    private static readonly int[] Threads = [1, 2, 3, 7];

    private static readonly PoisonedCases Cases = new(PlanWish.Cheapest, CaseSets.Generated, ConvolutionCases.All, CaseSets.Branched, CaseSets.Topology, SpaceCases.All);

    private static readonly PoisonedCases Wide = new(PlanWish.Wide, CaseSets.Generated, NetworkCases.Winograd, ConvolutionCases.All, CaseSets.Branched, CaseSets.Topology, SpaceCases.All);

    private static readonly PoisonedCases Mixed = new(PlanWish.Mixed, CompiledCases.Mixed(CaseSets.Generated, ConvolutionCases.All, CaseSets.Branched, CaseSets.Topology));

    /// <summary>A network of each way of working: groups of samples, and the whole batch by all workers.</summary>
    private static readonly NetworkCase[] Planted =
    [
        new([7], [new LinearLayer(7, 17), new ReLULayer(), new LinearLayer(17, 5), new TanhLayer(), new LinearLayer(5, 3), new LogSoftmaxLayer()], 17, 5),
        new([7], [new LinearLayer(7, 17), new BatchNorm1dLayer(17), new SigmoidLayer(), new LinearLayer(17, 5), new ReLULayer(), new LinearLayer(5, 3)], 17, 5),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Nothing_reads_what_is_not_there(int index) => Cases.Check(index, Threads);

    public static TheoryData<int> WideIndices => [.. Enumerable.Range(0, Wide.Count)];

    [Theory]
    [MemberData(nameof(WideIndices))]
    public void Nothing_reads_what_is_not_there_where_layers_are_wide(int index) => Wide.Check(index, Threads);

    public static TheoryData<int> MixedIndices => [.. Enumerable.Range(0, Mixed.Count)];

    [Theory]
    [MemberData(nameof(MixedIndices))]
    public void Nothing_reads_what_is_not_there_where_layouts_are_mixed(int index) => Mixed.Check(index, Threads);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Memory_given_up_too_early_is_found(int network) => ShouldBeFound(Planted[network], plan => PlantedMistake.LivesCutShort(plan));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Memory_shared_too_early_is_found(int network) => ShouldBeFound(Planted[network], plan => PlantedMistake.MemorySharedTooEarly(plan));

    /// <summary>Each mistake is planted in a class of its own, all compiled together.</summary>
    private static void ShouldBeFound(NetworkCase network, Func<PassPlan, IEnumerable<PlantedMistake>> plant)
    {
        const int Most = 6;
        PlantedMistake[] all = [.. plant(Plans.Of([network]).Single().Training)];
        PlantedMistake[] mistakes = [.. all.Where((_, i) => i % ((all.Length + Most - 1) / Most) == 0)];
        mistakes.Length.ShouldBeGreaterThanOrEqualTo(Most / 2);
        using CompiledNetworks plain = NetworkCompiler.Compile(NetworkCase.Source([network]));
        using CompiledNetworks planted = NetworkCompiler.Compile(
            NetworkCase.Source(Enumerable.Repeat(network, mistakes.Length)), $"{nameof(Poisoning)} {string.Join(", ", mistakes.Select(mistake => mistake.Description))}",
            plan => Poisoning.Of(plan with { Training = plan.Training with { Memory = mistakes[int.Parse(plan.Graph.Identity.Name["Case".Length..])].Memory } }));
        mistakes.Where((_, i) => PoisonedCases.FirstDifference(network, plain.Create("Case0"), planted.Create($"Case{i}"), [1, 3]) is null)
            .Select(mistake => mistake.Description).ShouldBeEmpty();
    }
}
