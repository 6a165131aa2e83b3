using System.Globalization;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Which networks are checked at which level. Set <c>NETGEN_CASES</c> to the number of generated networks (60 if not set; a search for
/// rare errors may take thousands) and <c>NETGEN_SEED</c> to draw others.
/// </summary>
internal static class CaseSets
{
    private const int UsualCases = 60;

    /// <summary>At the machine's own level, beside the chosen ones.</summary>
    public static IReadOnlyList<NetworkCase> Generated { get; } =
    [
        .. NetworkCaseGenerator.Sample(Number("NETGEN_SEED", 1), (int)Number("NETGEN_CASES", UsualCases)),
        .. NetworkCaseGenerator.SampleConvolutions(Number("NETGEN_SEED", 1) + 3, (int)Number("NETGEN_CASES", UsualCases) / 3),
    ];

    /// <summary>Others with branches, at the machine's own level.</summary>
    public static IReadOnlyList<NetworkCase> Branched { get; } =
        [.. BranchedCases.Of(NetworkCaseGenerator.Sample(Number("NETGEN_SEED", 1) + 2, (int)Number("NETGEN_CASES", UsualCases)), (int)Number("NETGEN_SEED", 1)), .. NetworkCases.Branched];

    /// <summary>With frozen and shared layers, at the machine's own level.</summary>
    public static IReadOnlyList<NetworkCase> Topology { get; } =
        [.. TopologyCases.Of(NetworkCaseGenerator.Sample(Number("NETGEN_SEED", 1) + 5, (int)Number("NETGEN_CASES", UsualCases) / 3), (int)Number("NETGEN_SEED", 1)), .. TopologyCases.Chosen];

    /// <summary>With AVX-512 switched off.</summary>
    public static IReadOnlyList<NetworkCase>[] Avx2 =>
    [
        NetworkCases.Edges,
        NetworkCases.Whole,
        NetworkCaseGenerator.Sample(Number("NETGEN_SEED", 1) + 1, (int)Number("NETGEN_CASES", UsualCases) / 2),
        NetworkCaseGenerator.SampleConvolutions(Number("NETGEN_SEED", 1) + 4, (int)Number("NETGEN_CASES", UsualCases) / 6),
        NetworkCases.Branched,
        ConvolutionCases.All,
    ];

    /// <summary>With vectors of 128 bits, as on processors without AVX2 and on ARM.</summary>
    public static IReadOnlyList<NetworkCase>[] Vector128 => [NetworkCases.Edges, NetworkCases.Tiny, ConvolutionCases.All];

    /// <summary>Without any vector hardware: each vector is a loop over its elements, some hundred times slower.</summary>
    public static IReadOnlyList<NetworkCase>[] Software => [NetworkCases.Tiny];

    private static ulong Number(string variable, ulong usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;
}
