using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Drivers of wide layers, drawn at random, against plain loops in double precision, at the machine's level of instructions.</summary>
public class WideTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Drivers_agree_with_plain_loops(int seed) => WideRun.Check(WideCaseGenerator.Draw(seed, 100)).ShouldBeEmpty();

    [Fact]
    public void Winograds_convolutions_agree_with_plain_loops() => WideRun.Check(WideCaseGenerator.DrawWinograd(seed: 1, 80)).ShouldBeEmpty();
}

/// <summary>The same at the other levels, each in a process of its own.</summary>
public class WideLevelTests
{
    /// <summary>All but input gradients, which turn weights with instructions of their own: .NET computes vectors that a machine lacks with those it has.</summary>
    [Fact]
    public void Drivers_agree_with_plain_loops_at_512_bits_on_any_machine() =>
        WideRun.Check(
            [.. WideCaseGenerator.Draw(6, 60).Concat(WideCaseGenerator.DrawWinograd(2, 40)).Where(one => one.Kind != WideKind.InputGradient)], WideLevel.Avx512).ShouldBeEmpty();

    [Fact]
    public void Drivers_agree_with_plain_loops_without_avx512() => ChildProcess.ShouldSucceed("wide", TimeSpan.FromMinutes(10), ("DOTNET_EnableAVX512", "0"));

    [Fact]
    public void Drivers_agree_with_plain_loops_without_vector_hardware() => ChildProcess.ShouldSucceed("wide", TimeSpan.FromMinutes(10), ("DOTNET_EnableHWIntrinsic", "0"));
}

/// <summary>Compiles cases together and checks each in 1, 2, 3 and 7 parts.</summary>
internal static class WideRun
{
    /// <summary>The task of a process of another level.</summary>
    public static IReadOnlyList<string> Run() => [.. Check([.. WideCaseGenerator.Draw(1, 60), .. WideCaseGenerator.DrawWinograd(3, 20)]).Concat(Check(WideCaseGenerator.Draw(5, 60)))];

    /// <summary>What went wrong.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<WideCase> cases, WideLevel? level = null)
    {
        var compiled = new WideAssembly([.. cases.Select(one => one.Driver)], level);
        var failures = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            try
            {
                WideCheck.Run(cases[i], compiled[i], [2, 3, 7], seed: i);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ShouldAssertException or ArgumentOutOfRangeException)
            {
                failures.Add(exception is ArgumentOutOfRangeException ? $"{cases[i]}: {exception}" : exception.Message);
            }
        }
        return failures;
    }
}
