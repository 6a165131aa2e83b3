using NetGen.Generator.Collections;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Which of the shared methods drivers call: a project has those and no others.</summary>
internal sealed record WideNeeds
{
    /// <summary>Nothing yet.</summary>
    public static WideNeeds None { get; } = new();

    /// <summary>Tiles over panels of 32 columns.</summary>
    public bool Columns32 { get; init; }

    /// <summary>Tiles over 16 columns: small panels, and the half of a last one.</summary>
    public bool Columns16 { get; init; }

    /// <summary>Forward or input gradient.</summary>
    public bool Map { get; init; }

    /// <summary>Linear layers, of few samples too.</summary>
    public bool Stream { get; init; }

    /// <summary>Maps so narrow that a tile takes two lines: their widths, in order.</summary>
    public EquatableArray<int> NarrowWidths { get; init; }

    /// <summary>Groups of tiles for what is left of lines, beside those of every level, in order.</summary>
    public EquatableArray<int> HalfRests { get; init; }

    /// <summary>Weight gradients whose rows are a multiple of four.</summary>
    public bool Sums { get; init; }

    /// <summary>Weight gradients with a method of their own: how many rows, in order.</summary>
    public EquatableArray<int> OddSums { get; init; }

    /// <summary>Columns of a gradient are laid side by side.</summary>
    public bool Pack { get; init; }

    /// <summary>Weights are turned for input gradients.</summary>
    public bool Turn { get; init; }

    /// <summary>Operations that are not products: names of their methods, in order.</summary>
    public EquatableArray<string> Kernels { get; init; }

    /// <summary>Both.</summary>
    public WideNeeds And(WideNeeds other) => new()
    {
        Columns32 = Columns32 || other.Columns32,
        Columns16 = Columns16 || other.Columns16,
        Map = Map || other.Map,
        Stream = Stream || other.Stream,
        NarrowWidths = Union(NarrowWidths, other.NarrowWidths),
        HalfRests = Union(HalfRests, other.HalfRests),
        Sums = Sums || other.Sums,
        OddSums = Union(OddSums, other.OddSums),
        Pack = Pack || other.Pack,
        Turn = Turn || other.Turn,
        Kernels = Union(Kernels, other.Kernels, StringComparer.Ordinal),
    };

    private static EquatableArray<T> Union<T>(EquatableArray<T> a, EquatableArray<T> b, IComparer<T>? order = null) =>
        b.Count == 0 ? a : a.Concat(b).Distinct().OrderBy(item => item, order ?? Comparer<T>.Default).ToEquatableArray();
}
