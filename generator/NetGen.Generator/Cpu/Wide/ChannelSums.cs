using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes sums over all pixels of all samples for the channels of a piece. A chunk of pixels is summed in four chains, so that an addition
/// need not wait for the one before and none of them is long, and then added to the whole, which keeps what rounding takes from it.
/// </summary>
/// <param name="level">Vectors.</param>
/// <param name="tensors">What is read: one or two.</param>
/// <param name="variables">What is summed: one or two sums.</param>
/// <param name="constants">Vectors of <c>statistics</c> that terms use: none, the mean, or the mean and its rest.</param>
/// <param name="term">Statements that add a pixel to its chains.</param>
internal sealed class ChannelSums(InstructionSet level, string[] tensors, string[] variables, int constants, ChannelSums.Term term)
{
    /// <summary>Floats from one held sum to the next: sums and rests of a piece.</summary>
    public const int Variable = 2 * KernelFunction.Rest;

    private const int Chains = 4;

    private static readonly string[] Steps = ["s.X", "s.Y"];

    /// <summary>Statements that add a pixel's vector to its chains; <c>d</c> is a vector that they may use where there are two sums.</summary>
    /// <param name="at">The vector of a tensor.</param>
    /// <param name="constants">The mean, and its rest.</param>
    /// <param name="sums">A chain of each sum.</param>
    public delegate IEnumerable<string> Term(Func<string, string> at, IReadOnlyList<string> constants, IReadOnlyList<string> sums);

    /// <summary>The statements.</summary>
    public string Write()
    {
        var w = new SourceWriter();
        w.Line($"for (nint i = 0; i < {Literal.Of(variables.Length * Variable)}; i += {Literal.Of(level.Lanes)})").Line("    V.Zero.StoreUnsafe(ref held, (nuint)i);");
        using (w.Open("for (nint image = 0; image < images; image++)"))
        {
            using (w.Open("for (nint row = 0; row < lines; row += s.ChunkLines)"))
            {
                w.Line("nint height = Math.Min(s.ChunkLines, lines - row);");
                using (w.Open("for (nint column = 0; column < pixels; column += s.ChunkWidth)"))
                {
                    w.Line("nint width = Math.Min(s.ChunkWidth, pixels - column), c = first;");
                    for (var i = 0; i < tensors.Length; i++)
                        w.Line($"ref float {tensors[i]}At = ref Unsafe.Add(ref {tensors[i]}, (image * {Steps[i]}Sample) + (row * {Steps[i]}Row) + (column * {Steps[i]}));");
                    foreach (int vectors in Groups)
                    {
                        int floats = vectors * level.Lanes;
                        using (w.Open(floats <= InstructionSet.Block ? $"for (; c < last; c += {floats})" : $"for (; c <= last - {floats}; c += {floats})"))
                            WriteGroup(w, vectors);
                    }
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Vectors in flight: as many as have registers for their chains, and those of one block.</summary>
    private int[] Groups => (level.Registers, variables.Length) switch
    {
        (32, 1) => [4, 1],
        (32, _) => [2, 1],
        (_, 1) => [2],
        _ => [1],
    };

    private void WriteGroup(SourceWriter w, int vectors)
    {
        foreach (string variable in variables)
        {
            for (var v = 0; v < vectors; v++)
                w.Line($"V {string.Join(", ", Enumerable.Range(0, Chains).Select(chain => $"{Chain(variable, v, chain)} = V.Zero"))};");
        }
        for (var v = 0; v < vectors; v++)
        {
            foreach ((string name, int i) in Constants(v).Select((name, i) => (name, i)))
                w.Line($"V {name} = Vec.LoadUnsafe(ref statistics, (nuint)(c{(v == 0 ? "" : $" + {Literal.Of(v * level.Lanes)}")}{(i == 0 ? "" : " + (2 * s.Channels)")}));");
        }
        if (variables.Length > 1)
            w.Line("V d;");
        foreach ((string tensor, string step) in tensors.Zip(Steps, (tensor, step) => (tensor, step)))
        {
            w.Line($"ref float {tensor}P = ref Unsafe.Add(ref {tensor}At, c);");
            w.Line($"nint {tensor}Step = {step}, {tensor}Step2 = 2 * {step}, {tensor}Step3 = 3 * {step}, {tensor}Skip = {step}Row - (width * {step});");
        }
        using (w.Open("for (nint line = height; line > 0; line--)"))
        {
            w.Line("nint n = width;");
            using (w.Open($"for (; n >= {Chains}; n -= {Chains})"))
                WriteTerms(w, vectors, 0, Chains);
            using (w.Open("if ((n & 2) != 0)"))
                WriteTerms(w, vectors, 0, 2);
            using (w.Open("if ((n & 1) != 0)"))
                WriteTerms(w, vectors, 2, 1);
            foreach (string tensor in tensors)
                w.Line($"{tensor}P = ref Unsafe.Add(ref {tensor}P, {tensor}Skip);");
        }
        for (var i = 0; i < variables.Length; i++)
        {
            for (var v = 0; v < vectors; v++)
            {
                string[] chains = [.. Enumerable.Range(0, Chains).Select(chain => Chain(variables[i], v, chain))];
                w.Line($"AddExactly(ref held, (nuint)(c - first + {(i * Variable) + (v * level.Lanes)}), ({chains[0]} + {chains[1]}) + ({chains[2]} + {chains[3]}));");
            }
        }
    }

    /// <summary>So many pixels, the first to that chain.</summary>
    private void WriteTerms(SourceWriter w, int vectors, int firstChain, int pixels)
    {
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var v = 0; v < vectors; v++)
            {
                string At(string tensor)
                {
                    string place = pixel == 0 ? $"{tensor}P" : $"Unsafe.Add(ref {tensor}P, {tensor}Step{(pixel == 1 ? "" : Literal.Of(pixel))})";
                    return $"Vec.LoadUnsafe(ref {place}{(v == 0 ? "" : $", {Literal.Of(v * level.Lanes)}")})";
                }
                foreach (string statement in term(At, Constants(v), [.. variables.Select(variable => Chain(variable, v, firstChain + pixel))]))
                    w.Line(statement);
            }
        }
        foreach (string tensor in tensors)
            w.Line($"{tensor}P = ref Unsafe.Add(ref {tensor}P, {(pixels == 4 ? $"4 * {tensor}Step" : $"{tensor}Step{(pixels == 1 ? "" : Literal.Of(pixels))}")});");
    }

    private string[] Constants(int vector) => [.. new[] { "mean", "rest" }.Take(constants).Select(name => name + Literal.Of(vector))];

    private static string Chain(string variable, int vector, int chain) => $"{variable}{Literal.Of(vector)}_{Literal.Of(chain)}";
}
