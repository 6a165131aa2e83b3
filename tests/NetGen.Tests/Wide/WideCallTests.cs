using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>
/// Shared methods of everything that is not a product, drawn at random, against plain loops in double precision. Vectors that the machine
/// lacks are computed with those it has, so that every level is tried everywhere.
/// </summary>
public class WideCallTests
{
    public static TheoryData<string> Levels => new(WideLevel.All.Select(level => level.ClassName));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Calls_agree_with_plain_loops(string level) =>
        WideCallRun.Check(WideCallRun.Draw(seed: 1, count: 24), WideLevel.All.Single(one => one.ClassName == level)).ShouldBeEmpty();

    [Fact]
    public void Calls_agree_with_plain_loops_without_vector_hardware() => ChildProcess.ShouldSucceed("calls", TimeSpan.FromMinutes(5), ("DOTNET_EnableHWIntrinsic", "0"));
}

/// <summary>Draws calls, compiles them together and checks each.</summary>
internal static class WideCallRun
{
    private static readonly (Func<WideDraw, int, WideCallCase> Draw, int Count)[] Kinds =
    [
        (WideElementwiseCases.Draw, WideElementwiseCases.Count), (WideNormalizationCases.Draw, WideNormalizationCases.Count),
        (WidePoolingCases.Draw, WidePoolingCases.Count), (WideUnevenPoolingCases.Draw, WideUnevenPoolingCases.Count), (WideSoftmaxCases.Draw, WideSoftmaxCases.Count), (WideDepthwiseCases.Draw, WideDepthwiseCases.Count),
        (WideSampleNormalizationCases.Draw, WideSampleNormalizationCases.Count), (WideResamplingCases.Draw, WideResamplingCases.Count), (WideResponseNormalizationCases.Draw, WideResponseNormalizationCases.Count),
    ];

    /// <summary>
    /// How many methods are called. Maximum's and mean's gradients are drawn twice, and the maximum's is two methods; depthwise convolutions have methods within, and some methods
    /// share one.
    /// </summary>
    public static int MethodCount =>
        Kinds.Sum(kind => kind.Count) - 1 - WideDepthwiseCases.Count + WideDepthwiseCases.MethodCount + WideSampleNormalizationCases.HelperCount + WideResamplingCases.HelperCount;

    /// <summary>So many cases of every method. The same seed gives the same cases.</summary>
    public static IReadOnlyList<WideCallCase> Draw(int seed, int count) =>
    [
        .. from kind in Kinds
           from method in Enumerable.Range(0, kind.Count)
           from i in Enumerable.Range(0, count)
           select kind.Draw(new WideDraw(new Random((seed * 100_003) + (method * 1_009) + i)), method),
    ];

    /// <summary>The task of a process of its own: some cases at the machine's level.</summary>
    public static IReadOnlyList<string> Run() => Check(Draw(seed: 2, count: 8), null);

    /// <summary>What went wrong.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<WideCallCase> cases, WideLevel? level)
    {
        var compiled = new WideCallAssembly([.. cases.Select(one => one.Call)], level);
        var failures = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            try
            {
                WideCallCheck.Run(cases[i], compiled[i], seed: i);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ShouldAssertException)
            {
                failures.Add(exception.Message);
            }
        }
        return failures;
    }
}
