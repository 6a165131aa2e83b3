using NetGen.Generator.Cpu.Planning;

namespace NetGen.Tests.Numerics;

// Emitted networks against the reference at the machine's own instruction-set level: as the generator plans them, with the kernels of wide layers doing whatever they can, however
// small the layers, and with 16 samples side by side in their first layers and wide kernels behind, where they can have both.

/// <summary>The plans that networks are checked with.</summary>
internal static class AllPlans
{
    public static IReadOnlyList<PlanWish> Wishes { get; } = [PlanWish.Cheapest, PlanWish.Wide, PlanWish.Mixed];
}

/// <summary>Networks chosen for their edges.</summary>
public class EdgeNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, NetworkCases.Edges);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Networks drawn at random.</summary>
public class GeneratedNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, CaseSets.Generated);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Networks with convolutions of all kinds.</summary>
public class ConvolutionNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, ConvolutionCases.All);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Networks with branches, and with frozen and shared layers.</summary>
public class BranchedNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, CaseSets.Branched, CaseSets.Topology);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Those of the benchmarks, and those that go by Winograd's transformations.</summary>
public class WholeNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, NetworkCases.Whole, NetworkCases.Winograd, NetworkCases.Tiny);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Networks of signals and of volumes.</summary>
public class SpaceNetworkTests
{
    internal static readonly CompiledCases Cases = new(AllPlans.Wishes, CaseSets.Spaces);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Otherwise the networks said little of mixed layouts.</summary>
public class MixedNetworkTests
{
    [Fact]
    public void Many_networks_can_have_both_layouts() => new[] { EdgeNetworkTests.Cases, GeneratedNetworkTests.Cases, ConvolutionNetworkTests.Cases, BranchedNetworkTests.Cases, WholeNetworkTests.Cases }
        .Sum(cases => cases.CountOf(PlanWish.Mixed)).ShouldBeGreaterThan(20);
}

/// <summary>Emitted networks against the reference at the other levels, each in a process of its own.</summary>
public class OtherLevelTests
{
    [Fact]
    public void Networks_agree_with_the_reference_without_avx512() => ChildProcess.ShouldSucceed(
        "numerics", TimeSpan.FromMinutes(10), (ChildNumerics.LevelVariable, "avx2"), ("DOTNET_EnableAVX512", "0"));

    [Fact]
    public void Networks_agree_with_the_reference_with_vectors_of_128_bits() => ChildProcess.ShouldSucceed(
        "numerics", TimeSpan.FromMinutes(10), (ChildNumerics.LevelVariable, "vector128"), ("DOTNET_EnableAVX", "0"));

    [Fact]
    public void Networks_agree_with_the_reference_without_vector_hardware() => ChildProcess.ShouldSucceed(
        "numerics", TimeSpan.FromMinutes(10), (ChildNumerics.LevelVariable, "software"), ("DOTNET_EnableHWIntrinsic", "0"));
}
