using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>The register tiles of a level of instructions.</summary>
/// <param name="Set">The vectors.</param>
/// <param name="Group">Neighbours of a group of pixels; a tile is two groups.</param>
/// <param name="Rests">Groups of the tiles that what is left of a line takes, largest first, the first being <paramref name="Group"/>.</param>
/// <param name="Shared">What is left of a line that is better taken together with its last tile, as two smaller ones.</param>
/// <param name="SumRows">Rows (input channels) of the largest and of the second tile of a weight gradient.</param>
internal sealed record WideLevel(InstructionSet Set, int Group, IReadOnlyList<int> Rests, IReadOnlyList<int> Shared, (int Large, int Small) SumRows)
{
    /// <summary>32 registers: 28 sums of 14 pixels and two vectors.</summary>
    public static WideLevel Avx512 { get; } = new(InstructionSet.Avx512, 7, [7, 4, 2], [1, 2], (12, 8));

    /// <summary>16 registers: 12 sums of 6 pixels and two vectors.</summary>
    public static WideLevel Avx2 { get; } = new(InstructionSet.Avx2, 3, [3, 2], [2], (6, 4));

    /// <summary>The same with vectors of four floats.</summary>
    public static WideLevel Portable { get; } = new(InstructionSet.Portable, 3, [3, 2], [2], (6, 4));

    /// <summary>Best first.</summary>
    public static IReadOnlyList<WideLevel> All { get; } = [Avx512, Avx2, Portable];

    /// <summary>The emitted class.</summary>
    public string ClassName => "Wide" + Set.Name;

    /// <summary>Columns (output channels) of a tile.</summary>
    public int Columns => 2 * Set.Lanes;

    /// <summary>The widths of tiles that panels of 32 and of 16 columns take; the first alone serves both unless it is 32.</summary>
    public IEnumerable<int> TileColumns(WideNeeds needs)
    {
        if (Columns < 32 || needs.Columns32)
            yield return Columns;
        if (Columns == 32 && needs.Columns16)
            yield return 16;
    }
}
