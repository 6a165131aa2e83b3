namespace NetGen.Generator.Cpu.Wide;

/// <summary>A call of a shared method with a layer's numbers.</summary>
/// <param name="Method">The method in the class <c>Wide</c>.</param>
/// <param name="Summary">What it computes, in plain English.</param>
/// <param name="Numbers">What follows the references: the layer's numbers in a struct, if the method takes one.</param>
/// <param name="Pieces">What <c>from</c> and <c>to</c> count.</param>
/// <param name="IsRandom">It also takes a seed and the first sample's number.</param>
internal sealed record WideCall(string Method, string Summary, WideNumbers? Numbers, WidePieces Pieces, bool IsRandom = false)
{
    /// <summary>The shared method that must be there.</summary>
    public WideNeeds Needs => Also.And(new() { Kernels = [Method] });

    /// <summary>Arguments that follow the numbers.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>What the method itself calls.</summary>
    public WideNeeds Also { get; init; } = WideNeeds.None;

    /// <summary>It also takes the lowest value that its result may have.</summary>
    public bool HasFloor { get; init; }

    /// <summary>Floats that each worker must have for itself, at a multiple of 64 bytes; 0: none is passed.</summary>
    public int Scratch { get; init; }

    /// <summary>What follows the references.</summary>
    /// <param name="text">Numbers as an expression.</param>
    public string Arguments(Func<WideNumbers, string> text) => string.Join(", ", [.. Numbers is { } numbers ? new[] { text(numbers) } : [], .. More]);

    /// <summary>The call, as a statement.</summary>
    /// <param name="references">Expressions for the references, without <c>ref</c>, in the method's order.</param>
    /// <param name="range">Expressions for <c>samples, from, to</c>.</param>
    /// <param name="random">Expressions for <c>seed, firstSample</c>.</param>
    public string Write(IEnumerable<string> references, string range = "samples, from, to", string random = "seed, firstSample") =>
        $"Wide.{Method}({string.Join(", ", references.Select(reference => $"ref {reference}"))}, {Arguments(numbers => numbers.Text)}{(HasFloor ? ", lowest" : "")}{(Scratch > 0 ? ", ref scratch" : "")}, {range}{(IsRandom ? $", {random}" : "")});";
}
