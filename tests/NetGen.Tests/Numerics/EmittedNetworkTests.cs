using NetGen.Generator.Cpu.Planning;

namespace NetGen.Tests.Numerics;

/// <summary>Emitted networks against the reference at the machine's own instruction-set level: chosen for their edges.</summary>
public class EdgeNetworkTests
{
    private static readonly CompiledCases Cases = new(NetworkCases.Edges);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Emitted networks against the reference at the machine's own instruction-set level: drawn at random.</summary>
public class GeneratedNetworkTests
{
    private static readonly CompiledCases Cases = new(CaseSets.Generated);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Emitted networks against the reference at the machine's own instruction-set level: with convolutions in groups and with dilation.</summary>
public class ConvolutionNetworkTests
{
    private static readonly CompiledCases Cases = new(ConvolutionCases.All);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Emitted networks against the reference at the machine's own instruction-set level: with branches, and with frozen and shared layers.</summary>
public class BranchedNetworkTests
{
    private static readonly CompiledCases Cases = new(CaseSets.Branched, CaseSets.Topology);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Emitted networks against the reference at the machine's own instruction-set level: those of the benchmarks.</summary>
public class WholeNetworkTests
{
    private static readonly CompiledCases Cases = new(NetworkCases.Whole, NetworkCases.Tiny);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>The same networks where the kernels of wide layers do whatever they can, however small the layers.</summary>
public class WideNetworkTests
{
    private static readonly CompiledCases Cases = new(PlanWish.Wide, NetworkCases.Edges, NetworkCases.Whole, NetworkCases.Winograd, CaseSets.Generated, CaseSets.Branched, CaseSets.Topology);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>Networks with convolutions of all kinds, where the kernels of wide layers do whatever they can.</summary>
public class WideConvolutionNetworkTests
{
    private static readonly CompiledCases Cases = new(PlanWish.Wide, ConvolutionCases.All);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);
}

/// <summary>The same networks with 16 samples side by side in their first layers and wide kernels behind, as far as they can have both.</summary>
public class MixedNetworkTests
{
    private static readonly CompiledCases Cases = new(
        PlanWish.Mixed, CompiledCases.Mixed(NetworkCases.Edges, NetworkCases.Whole, NetworkCases.Winograd, ConvolutionCases.All, CaseSets.Generated, CaseSets.Branched, CaseSets.Topology));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Network_agrees_with_the_reference(int index) => Cases.Check(index);

    /// <summary>Otherwise the rest of this class would say little.</summary>
    [Fact]
    public void Many_networks_can_have_both() => Cases.Count.ShouldBeGreaterThan(20);
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
