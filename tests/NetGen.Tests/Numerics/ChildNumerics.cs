using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Generator.Cpu.Planning;

namespace NetGen.Tests.Numerics;

/// <summary>The checks in a process that was started at another instruction-set level than the machine's.</summary>
internal static class ChildNumerics
{
    /// <summary>Names the level that the process must find itself at: <c>avx2</c>, <c>vector128</c> or <c>software</c>.</summary>
    public const string LevelVariable = "NETGEN_TEST_LEVEL";

    /// <summary>Checks the level's cases; what went wrong.</summary>
    public static IReadOnlyList<string> Run()
    {
        string level = Environment.GetEnvironmentVariable(LevelVariable) ?? "";
        bool isThere = level switch
        {
            "avx2" => !Avx512F.IsSupported && Avx2.IsSupported,
            "vector128" => Vector128.IsHardwareAccelerated && !Avx2.IsSupported,
            "software" => !Vector128.IsHardwareAccelerated,
            _ => false,
        };
        if (!isThere)
        {
            (bool v128, bool v256, bool v512) = (Vector128.IsHardwareAccelerated, Vector256.IsHardwareAccelerated, Vector512.IsHardwareAccelerated);
            return [$"Not at level '{level}': hardware vectors of 128 bits {v128}, of 256 {v256}, of 512 {v512}."];
        }
        CompiledCases[] sets = level switch
        {
            "avx2" => [new([PlanWish.Cheapest, PlanWish.Mixed], NetworkCases.Edges), new([PlanWish.Cheapest], CaseSets.Avx2)],
            "vector128" => [new([PlanWish.Cheapest], CaseSets.Vector128)],
            _ => [new([PlanWish.Cheapest], CaseSets.Software)],
        };
        List<string> failures = [.. FunctionAccuracy.Failures(step: level == "software" ? 2_000_003u : 20_011u)];
        foreach ((CompiledCases compiled, int i) in sets.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => (set, i))))
        {
            try
            {
                compiled.Check(i);
            }
            catch (Exception exception)
            {
                failures.Add(exception is ShouldAssertException ? exception.Message : exception.ToString());
            }
        }
        return failures;
    }
}
