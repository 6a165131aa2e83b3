using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>The parameters of a contraction's methods, which their headers declare and their calls pass.</summary>
internal static class ContractionParameters
{
    /// <summary>Those of the whole contraction.</summary>
    public static IReadOnlyList<Parameter> OfLoops(StridedContraction c) => [.. Shared(c), .. c.CountsSamples ? Parameter.Range : []];

    /// <summary>Those of one register tile.</summary>
    /// <param name="c">The contraction.</param>
    /// <param name="countsLines">How many lines of the image are summed over depends on where the tile is.</param>
    public static IReadOnlyList<Parameter> OfTile(StridedContraction c, bool countsLines) =>
        countsLines ? [.. Shared(c), Parameter.Number("count")] : [.. Shared(c)];

    private static IEnumerable<Parameter> Shared(StridedContraction c)
    {
        foreach (Operand operand in new[] { Operands.A(c), Operands.B(c), Operands.C(c) })
            yield return Parameter.Tensor(Operands.Name(c, operand));
        if (c.Start == Start.Bias)
            yield return Parameter.Tensor("bias");
        if (Operands.ReadsStored(c))
            yield return Parameter.Tensor("stored");
        if (c.Finish == Finish.ReLU)
            yield return Parameter.Number("lowest", "float");
        if (c.CountsTerms)
            yield return Parameter.Number("terms");
        if (c.CountsSamples && c.Target == Target.Weight)
            yield return Parameter.Number("samples");
    }
}
