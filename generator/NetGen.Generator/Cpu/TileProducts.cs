using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes the multiply-adds of a tile's unrolled terms.</summary>
internal sealed class TileProducts(StridedContraction contraction, InstructionSet level, TilePlan tile)
{
    private readonly string a = Operands.Name(contraction, Operands.A(contraction));
    private readonly string b = Operands.Name(contraction, Operands.B(contraction));
    private readonly bool loadsBoth = Operands.LoadsBoth(contraction);

    /// <summary>With a stride, the vectors of two neighbouring taps are not the same: keeping them for later taps would spill.</summary>
    private readonly bool keepsVectors = !(contraction.Target == Target.Output && contraction.Columns.Stride > 1);

    /// <summary>The register of a sum.</summary>
    public static string Sum(int row, int column, int split) =>
        $"s{Operands.Text(row)}_{Operands.Text(column)}" + (split == 0 ? "" : ((char)('a' + split)).ToString());

    /// <summary>
    /// The unrolled terms. A vector of B that several products share is loaded once, a value of A that several sums share is broadcast once;
    /// what only one product needs is its memory operand.
    /// </summary>
    /// <param name="w">Where to.</param>
    /// <param name="segment">The terms.</param>
    /// <param name="atA">Where the innermost loop stands in A.</param>
    /// <param name="atB">The same in B.</param>
    /// <param name="originA">The first float of A that the terms read.</param>
    /// <param name="originB">The same of B.</param>
    /// <param name="suffix">Keeps locals apart from those of other segments.</param>
    public void Write(SourceWriter w, TileSegment segment, Address atA, Address atB, int originA, int originB, string suffix)
    {
        string nameA = Base(w, a, atA, suffix), nameB = Base(w, b, atB, suffix);
        bool repeatsA = segment.Products.GroupBy(p => p.A).Any(g => g.Select(p => p.Term).Distinct().Count() > 1);
        Dictionary<int, int> uses = segment.Products.GroupBy(p => p.B).ToDictionary(g => g.Key, g => g.Count());
        var loaded = new Dictionary<int, string>();
        foreach (IGrouping<int, Product> term in segment.Products.GroupBy(p => p.Term))
        {
            string number = Operands.Text(term.Key);
            if (!keepsVectors)
                loaded.Clear();
            foreach (int offset in term.Select(p => p.B).Distinct().Where(offset => !loaded.ContainsKey(offset)))
            {
                string vector = $"Vec.LoadUnsafe(ref {nameB}, {Operands.Text(offset - originB)})";
                if (uses[offset] > 1)
                {
                    string local = $"{b}{Operands.Text(offset - originB)}{(keepsVectors ? "" : "_" + number)}{suffix}";
                    w.Line($"V {local} = {vector};");
                    vector = local;
                }
                loaded.Add(offset, vector);
            }
            foreach (IGrouping<int, Product> shared in term.GroupBy(p => p.A))
            {
                int offset = shared.Key - originA;
                string factor = loadsBoth ? $"Vec.LoadUnsafe(ref {nameA}, {Operands.Text(offset)})" : $"Vec.Create({Address.At(nameA, offset)})";
                if (shared.Count() > 1)
                {
                    string local = $"{a}{Operands.Text(offset)}{(repeatsA ? "_" + number : "")}{(loadsBoth || nameA == nameB ? "a" : "")}{suffix}";
                    w.Line($"V {local} = {factor};");
                    factor = local;
                }
                foreach (Product p in shared)
                {
                    string sum = Sum(p.Row, p.Column, p.Term % tile.Splits);
                    w.Line($"{sum} = Vec.{level.MultiplyAdd}({factor}, {loaded[p.B]}, {sum});");
                }
            }
        }
    }

    /// <summary>A reference to where the innermost loop stands.</summary>
    private static string Base(SourceWriter w, string operand, Address at, string suffix)
    {
        if (at.IsZero)
            return operand;
        string name = $"{operand}At{suffix}";
        w.Line($"ref float {name} = {at.Ref(operand)};");
        return name;
    }
}
