using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The register tile of forward and input gradient: pixels × columns of sums. Every number of a layer is an argument; what is literal
/// is only how many pixels and columns there are. The form is measured: each group of pixels has a base that moves along k, the odd
/// multiples of the step between pixels are in registers and the address scales them, k is not unrolled. Nothing spills.
/// </summary>
/// <param name="set">The vectors.</param>
/// <param name="size">Neighbours in a group.</param>
/// <param name="groups">One, or two that <c>Split</c> lies between.</param>
/// <param name="columns">Columns, a multiple of the lanes.</param>
/// <param name="form">How the weights are walked over.</param>
internal sealed class TileKernel(InstructionSet set, int size, int groups, int columns, TileForm form = TileForm.Taps)
{
    private readonly SourceWriter w = new();
    private readonly int vectors = columns / set.Lanes;

    /// <summary>Few sums wait for each other: k is summed in four strands then, which also serves exactness.</summary>
    private readonly int strands = form == TileForm.Halves ? 2 : size * groups == 1 ? 4 : 1;

    /// <summary>The method's name.</summary>
    public static string Name(int pixels, int columns, TileForm form = TileForm.Taps) =>
        $"{(form == TileForm.Taps ? "Tile" : form.ToString())}{Literal.Of(pixels)}x{Literal.Of(columns)}";

    /// <summary>The method, with a line over it that says what it computes.</summary>
    public string Write()
    {
        string what = groups == 2 ? $"two groups of {Literal.Of(size)} neighbours" : "one pixel";
        string how = form switch
        {
            TileForm.Ahead => "; what comes next of the weights is read ahead",
            TileForm.Halves => ", both halves of k at once, so that memory is read in two places",
            _ => "",
        };
        w.Line($"// Sums of {size * groups} pixels × {columns} columns over {(form == TileForm.Taps ? "all taps and k" : "k")}: {what}{how}.");
        w.Line(KernelSet.Attribute);
        using (w.Open($"internal static void {Name(size * groups, columns, form)}(ref float a, ref float b, ref float c, ref float bias, ref float other, nint tiles, in Wide.Shape s)"))
        {
            Steps("s", "s.Row");
            w.Line("nint next = s.WRow;");
            using (w.Open("for (; tiles > 0; tiles--)"))
            {
                Start();
                switch (form)
                {
                    case TileForm.Taps:
                        SumTaps();
                        break;
                    case TileForm.Ahead:
                        SumAhead();
                        break;
                    default:
                        SumHalves();
                        break;
                }
                Finish();
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private IEnumerable<int> Groups => Enumerable.Range(0, groups);

    private IEnumerable<(int Group, int Pixel, int Vector, string Name)> Sums =>
        from g in Groups
        from i in Enumerable.Range(0, size)
        from j in Enumerable.Range(0, vectors)
        select (g, i, j, SumName(g, i, j));

    private string SumName(int g, int pixel, int vector, int strand = 0) =>
        $"t{Literal.Of((strand * groups * size) + (g * size) + pixel)}_{Literal.Of(vector)}";

    /// <summary>The odd multiples, in bytes, of the step between pixels.</summary>
    private void Steps(string name, string step)
    {
        for (var odd = 1; odd < size; odd += 2)
            w.Line($"nint {name}{odd} = {step} * {4 * odd};");
    }

    /// <summary>Pixel i of a group: i is odd · 2ⁿ.</summary>
    private static string Pixel(string reference, string steps, int i)
    {
        if (i == 0)
            return reference;
        int scale = i & -i;
        string factor = scale == 1 ? "" : $" * {Literal.Of(scale)}";
        return $"Unsafe.AddByteOffset(ref {reference}, {steps}{Literal.Of(i / scale)}{factor})";
    }

    private void Start()
    {
        w.Line($"V {string.Join(", ", Sums.Select(t => t.Name))};");
        using (w.Open("if ((s.Flags & 1) != 0)"))
        {
            for (var j = 0; j < vectors; j++)
            {
                w.Line($"{SumName(0, 0, j)} = {Load("bias", j)};");
                foreach ((_, _, _, string name) in Sums.Where(t => t.Vector == j).Skip(1))
                    w.Line($"{name} = {SumName(0, 0, j)};");
            }
        }
        using (w.Open("else"))
        {
            foreach ((_, _, _, string name) in Sums)
                w.Line($"{name} = V.Zero;");
        }
        for (var u = 1; u < strands; u++)
        {
            for (var j = 0; j < vectors; j++)
                w.Line($"V {SumName(0, 0, j, u)} = V.Zero;");
        }
    }

    private void SumTaps()
    {
        w.Line("ref float w = ref b;");
        w.Line("ref float p0 = ref a;");
        if (groups == 2)
            w.Line("ref float p1 = ref Unsafe.Add(ref a, s.SplitStep);");
        using (w.Open("for (nint line = s.Lines; line > 0; line--)"))
        {
            using (w.Open("for (nint tap = s.Taps; tap > 0; tap--)"))
            {
                w.Line("nint k = s.K;");
                if (strands > 1)
                {
                    using (w.Open($"for (; k >= {strands}; k -= {strands})"))
                        Products(strands);
                }
                using (w.Open("for (; k > 0; k--)"))
                    Products(1);
                Advance("s.TapSkip");
            }
            Advance("s.LineSkip");
        }
        AddStrands();
    }

    /// <summary>One long run of k. The weights are used by a few tiles one after the other; meanwhile those of the next run are on their way.</summary>
    private void SumAhead()
    {
        w.Line("nint pairs = s.K >> 1, aheadStep = s.AheadStep;");
        w.Line("ref float w = ref b;").Line("ref float ahead = ref Unsafe.Add(ref b, s.Ahead);").Line("ref float further = ref Unsafe.Add(ref ahead, pairs * aheadStep);").Line("ref float p0 = ref a;");
        if (groups == 2)
            w.Line("ref float p1 = ref Unsafe.Add(ref a, s.SplitStep);");
        w.Line("// In two places, since a processor follows several runs sooner than one.");
        using (w.Open("for (; pairs > 0; pairs--)"))
        {
            foreach (string place in new[] { "ahead", "further" })
            {
                w.Line($"global::System.Threading.Volatile.Read(ref {place});").Line($"{place} = ref Unsafe.Add(ref {place}, aheadStep);");
                using (w.Open(""))
                    Products(1);
            }
        }
        using (w.Open("if ((s.K & 1) != 0)"))
            Products(1);
    }

    /// <summary>One long run of k, from its start and from its middle.</summary>
    private void SumHalves()
    {
        w.Line("nint half = s.K >> 1;");
        w.Line("ref float w = ref b;").Line("ref float v = ref Unsafe.Add(ref b, half * next);").Line("ref float p0 = ref a;").Line("ref float q0 = ref Unsafe.Add(ref a, half);").Line("V x;");
        using (w.Open("for (nint k = half; k > 0; k--)"))
        {
            Half("p0", "w", 0);
            Half("q0", "v", 1);
        }
        using (w.Open("if ((s.K & 1) != 0)"))
            Half("q0", "v", 1);
        AddStrands();
    }

    private void Half(string place, string weights, int strand)
    {
        w.Line($"x = Vec.Create({place});");
        for (var j = 0; j < vectors; j++)
            w.Line($"{SumName(0, 0, j, strand)} = Vec.{set.MultiplyAdd}(x, {Load(weights, j)}, {SumName(0, 0, j, strand)});");
        w.Line($"{place} = ref Unsafe.Add(ref {place}, 1);").Line($"{weights} = ref Unsafe.Add(ref {weights}, next);");
    }

    private void AddStrands()
    {
        for (var u = 1; u < strands; u++)
        {
            for (var j = 0; j < vectors; j++)
                w.Line($"{SumName(0, 0, j)} += {SumName(0, 0, j, u)};");
        }
    }

    private void Products(int steps)
    {
        w.Line("V x;");
        for (var u = 0; u < steps; u++)
        {
            string weights = u == 0 ? "w" : $"Unsafe.Add(ref w, next * {Literal.Of(u)})";
            for (var j = 0; j < vectors; j++)
                w.Line($"V w{u}_{j} = {Load(weights, j)};");
            foreach (int g in Groups)
            {
                for (var i = 0; i < size; i++)
                {
                    string place = u == 0 ? Pixel($"p{Literal.Of(g)}", "s", i) : Address.At("p0", u);
                    w.Line($"x = Vec.Create({place});");
                    for (var j = 0; j < vectors; j++)
                        w.Line($"{SumName(g, i, j, u)} = Vec.{set.MultiplyAdd}(x, w{u}_{j}, {SumName(g, i, j, u)});");
                }
            }
        }
        Advance(Literal.Of(steps));
        w.Line($"w = ref Unsafe.Add(ref w, next{(steps == 1 ? "" : " * " + Literal.Of(steps))});");
    }

    private void Advance(string step)
    {
        foreach (int g in Groups)
            w.Line($"p{g} = ref Unsafe.Add(ref p{g}, {step});");
    }

    /// <summary>What follows the sums. Everything that was there is read before anything is stored: groups may overlap.</summary>
    private void Finish()
    {
        Bases("d", "c", "s.CSplit");
        Steps("c", "s.CRow");
        Where(2, t => $"{t.Name} += {Load(Pixel($"d{Literal.Of(t.Group)}", "c", t.Pixel), t.Vector)};");
        using (w.Open("if ((s.Flags & 20) != 0)"))
        {
            Bases("e", "other", "s.OSplit");
            Steps("o", "s.ORow");
            string Other((int Group, int Pixel, int Vector, string Name) t) => Load(Pixel($"e{Literal.Of(t.Group)}", "o", t.Pixel), t.Vector);
            using (w.Open("if ((s.Flags & 4) != 0)"))
                Each(t => $"{t.Name} += {Other(t)};");
            using (w.Open("else"))
                Each(t => $"{t.Name} = Vec.ConditionalSelect(Vec.GreaterThan({Other(t)}, V.Zero), {t.Name}, V.Zero);");
            w.Line("other = ref Unsafe.Add(ref other, s.OTile);");
        }
        using (w.Open("if ((s.Flags & 8) != 0)"))
        {
            w.Line("V lowest = Vec.Create(s.Lowest);");
            Each(t => $"{t.Name} = Vec.MaxNative(lowest, {t.Name});");
        }
        Each(t => $"{t.Name}.StoreUnsafe(ref {Pixel($"d{Literal.Of(t.Group)}", "c", t.Pixel)}{Lane(t.Vector)});");
        w.Line("a = ref Unsafe.Add(ref a, s.Tile);").Line("c = ref Unsafe.Add(ref c, s.CTile);");
    }

    private void Bases(string name, string reference, string split)
    {
        w.Line($"ref float {name}0 = ref {reference};");
        if (groups == 2)
            w.Line($"ref float {name}1 = ref Unsafe.Add(ref {reference}, {split});");
    }

    private void Where(int flag, Func<(int Group, int Pixel, int Vector, string Name), string> line)
    {
        using (w.Open($"if ((s.Flags & {flag}) != 0)"))
            Each(line);
    }

    private void Each(Func<(int Group, int Pixel, int Vector, string Name), string> line)
    {
        foreach ((int, int, int, string) t in Sums)
            w.Line(line(t));
    }

    private string Load(string place, int vector) => $"Vec.LoadUnsafe(ref {place}{Lane(vector)})";

    private string Lane(int vector) => vector == 0 ? "" : $", {Literal.Of(vector * set.Lanes)}";
}

/// <summary>How a tile walks over the weights.</summary>
internal enum TileForm
{
    /// <summary>Lines, taps and k.</summary>
    Taps,

    /// <summary>A run of k, and the next one is read ahead.</summary>
    Ahead,

    /// <summary>A run of k from two places at once, for a single pixel.</summary>
    Halves,
}
