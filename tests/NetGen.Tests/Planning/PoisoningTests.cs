using NetGen.Tests.Numerics;

namespace NetGen.Tests.Planning;

/// <summary>
/// The order of steps is safe at run time: nothing reads memory before its first write or after its last use, whatever layer a backward pass starts from, and
/// whatever the number of workers.
/// </summary>
public class PoisoningTests
{
    private static readonly int[] Threads = [1, 2, 3, 7];

    private static readonly PoisonedCases Cases = new(CaseSets.Generated);

    private static readonly PoisonedCases Wide = new(CaseSets.Generated, prefersWide: true);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Nothing_reads_what_is_not_there(int index) => Cases.Check(index, Threads);

    [Theory]
    [MemberData(nameof(Indices))]
    public void Nothing_reads_what_is_not_there_where_layers_are_wide(int index) => Wide.Check(index, Threads);
}
