using System.Runtime.Intrinsics.X86;

namespace NetGen.Tests.Numerics;

/// <summary>
/// What the just-in-time compiler makes of the emitted kernels of linear, mlp, convnet and lenet5, in training and inference. A method
/// beyond its limits (20,000 instructions, 60,000 bytes of IL, 2,000 locals) is compiled without optimisation and runs 15 times slower,
/// without any message; a register tile that is one vector too large spills in its inner loop and halves the speed.
/// </summary>
public class KernelGateTests
{
    private static readonly Lazy<IReadOnlyList<JittedMethod>> Native = new(() => Compile());
    private static readonly Lazy<IReadOnlyList<JittedMethod>> Avx2 = new(() => Compile(("DOTNET_EnableAVX512", "0")));

    [Fact]
    public void Every_kernel_is_optimised() => ShouldBeOptimised(Native.Value);

    [Fact]
    public void Every_kernel_is_optimised_without_avx512() => ShouldBeOptimised(Avx2.Value);

    /// <summary>32 registers: at most a few stores around a kernel's loops, none within a register tile.</summary>
    [Fact]
    public void Kernels_do_not_spill_vectors() => ShouldStoreAtMost(Avx512F.IsSupported ? 3 : 7, Native.Value);

    /// <summary>16 registers: the compiler keeps a broadcast value for a later tap where it should read it again.</summary>
    [Fact]
    public void Kernels_hardly_spill_vectors_without_avx512() => ShouldStoreAtMost(7, Avx2.Value);

    [Fact]
    public void The_report_is_read_as_the_compiler_prints_it()
    {
        const string report = """
               1: JIT compiled System.Text:Other(int) [Tier0, IL size=4, code size=28]
            ; Assembly listing for method Net+Kernels:Tile(byref,int) (FullOpts)
                   vmovups  zmmword ptr [rbp-0xB0], zmm25
                   vmovups  ymmword ptr [rsp+0x20], ymm5
                   vmovups  xmmword ptr [rsp+0x20], xmm5
                   vmovups  zmmword ptr [rax+0xB0], zmm25
                   vaddps   zmm25, zmm0, zmmword ptr [rbp-0xB0]
               2: JIT compiled Net+Kernels:Tile(byref,int) [FullOpts, IL size=1073, code size=1089]
            ; Assembly listing for method NetGen.Emitted.Net.Avx2:Huge() (MinOpts)
               3: JIT compiled NetGen.Emitted.Net.Avx2:Huge() [Tier-0 switched to MinOpts, IL size=61000, code size=9]
            """;
        JitReport.ReadKernels(report.Split('\n')).ShouldBe(
        [
            new JittedMethod("Net+Kernels:Tile(byref,int)", "FullOpts", 1073, 2),
            new JittedMethod("NetGen.Emitted.Net.Avx2:Huge()", "Tier-0 switched to MinOpts", 61000, 0),
        ]);
    }

    /// <summary>Runs once for each class, and has no loop to optimise.</summary>
    private static bool IsSetup(JittedMethod method) =>
        new[] { ":.ctor(", ":.cctor(", ":get_Definition(" }.Any(name => method.Name.Contains(name, StringComparison.Ordinal));

    private static void ShouldBeOptimised(IEnumerable<JittedMethod> kernels) =>
        kernels.Where(method => !method.IsOptimised && !IsSetup(method)).Select(method => method.ToString()).ShouldBeEmpty();

    /// <summary>Vector stores to the stack, in any one kernel.</summary>
    private static void ShouldStoreAtMost(int limit, IEnumerable<JittedMethod> kernels) =>
        kernels.Where(method => method.VectorSpills > limit && !IsSetup(method)).Select(method => method.ToString()).ShouldBeEmpty();

    private static IReadOnlyList<JittedMethod> Compile(params ReadOnlySpan<(string Name, string Value)> environment)
    {
        string file = Path.GetTempFileName();
        try
        {
            // Profiles as programs have them that do not choose; the tests' own process does without.
            ChildProcess.ShouldSucceed(
                "kernels", TimeSpan.FromMinutes(5),
                [("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"), ("DOTNET_JitDisasm", JitReport.Filter), ("DOTNET_TieredPGO", "1"), .. environment]);
            IReadOnlyList<JittedMethod> kernels = JitReport.ReadKernels(File.ReadLines(file));
            kernels.Count.ShouldBeGreaterThan(4 * NetworkCases.Whole.Count, "the report must show the kernels of every network");
            return kernels;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
