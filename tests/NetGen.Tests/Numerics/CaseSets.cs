using System.Globalization;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Which networks are checked at which level. Set <c>NETGEN_SEED</c> to draw others, and see <see cref="NetworkSearch"/> for many.
/// </summary>
internal static class CaseSets
{
    private const int Cases = 60;

    private static readonly ulong Seed = Number("NETGEN_SEED", 1);

    /// <summary>At the machine's own level, beside the chosen ones.</summary>
    public static IReadOnlyList<NetworkCase> Generated { get; } =
    [
        .. NetworkCaseGenerator.Sample(Seed, Cases),
        .. NetworkCaseGenerator.SampleAny(Seed + 3, Cases / 3),
    ];

    /// <summary>Of signals and volumes, at the machine's own level.</summary>
    public static IReadOnlyList<NetworkCase> Spaces { get; } = [.. SpaceCases.All, .. NetworkCaseGenerator.SampleSpaces(Seed + 6, Cases / 5)];

    /// <summary>Others with branches, at the machine's own level.</summary>
    public static IReadOnlyList<NetworkCase> Branched { get; } =
        [.. BranchedCases.Of(NetworkCaseGenerator.Sample(Seed + 2, Cases), (int)Seed), .. NetworkCases.Branched];

    /// <summary>With frozen and shared layers, at the machine's own level.</summary>
    public static IReadOnlyList<NetworkCase> Topology { get; } =
        [.. TopologyCases.Of(NetworkCaseGenerator.Sample(Seed + 5, Cases / 10), (int)Seed), .. TopologyCases.Chosen];

    /// <summary>With AVX-512 switched off, beside <see cref="NetworkCases.Edges"/>.</summary>
    public static IReadOnlyList<NetworkCase>[] Avx2 =>
    [
        NetworkCases.Whole,
        NetworkCaseGenerator.Sample(Seed + 1, Cases / 2),
        NetworkCaseGenerator.SampleAny(Seed + 4, Cases / 6),
        NetworkCases.Branched,
        ConvolutionCases.All,
        SpaceCases.All,
    ];

    /// <summary>With vectors of 128 bits, as on processors without AVX2 and on ARM.</summary>
    public static IReadOnlyList<NetworkCase>[] Vector128 => [NetworkCases.Edges, NetworkCases.Tiny, ConvolutionCases.All];

    /// <summary>Without any vector hardware: each vector is a loop over its elements, some hundred times slower.</summary>
    public static IReadOnlyList<NetworkCase>[] Software => [NetworkCases.Tiny];

    /// <summary>A number that is set for the process.</summary>
    public static ulong Number(string variable, ulong usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;
}
