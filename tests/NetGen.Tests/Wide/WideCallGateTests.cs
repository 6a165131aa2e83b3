using System.Runtime.Intrinsics.X86;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Wide;

/// <summary>What the just-in-time compiler makes of the shared methods at the machine's level, and without AVX-512.</summary>
public class WideCallGateTests
{
    /// <summary>At most a few vectors are stored around loops: constants of exponentials, where there are 16 registers.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public void Shared_methods_are_optimised_and_do_not_spill_vectors(string? avx512)
    {
        string file = Path.GetTempFileName();
        // Without tiers no other thread compiles, and writes to the report, while the process ends.
        (string, string)[] level = avx512 is null ? [] : [("DOTNET_EnableAVX512", avx512)];
        try
        {
            ChildProcess.ShouldSucceed(
                "calls", TimeSpan.FromMinutes(5), [("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"), ("DOTNET_JitDisasm", JitReport.Filter), ("DOTNET_TieredCompilation", "0"), .. level]);
            IReadOnlyList<JittedMethod> methods = JitReport.ReadKernels(File.ReadLines(file));
            string[] shared = [.. methods.Select(method => method.Name.Split('(')[0]).Where(name => name.Contains(".Wide", StringComparison.Ordinal)).Distinct()];
            shared.Length.ShouldBe(WideCallRun.MethodCount, string.Join(' ', shared));
            methods.Where(method => !method.IsOptimised || method.VectorSpills > (avx512 is null && Avx512F.IsSupported ? 3 : 7)).Select(method => method.ToString()).ShouldBeEmpty();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
