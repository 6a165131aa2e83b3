using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>An index of a contraction that a tile unrolls.</summary>
internal enum Dim
{
    Sample,
    OutChannel,
    InChannel,

    /// <summary>Column of the output, o.</summary>
    Output,

    /// <summary>Column of the kernel, k.</summary>
    Kernel,

    /// <summary>Column of the input, x.</summary>
    Input,

    /// <summary>A vector's first lane.</summary>
    Lane,
}

/// <summary>Some of the indices of one product; what is not known yet is null or 0.</summary>
internal readonly record struct Point(int? Output, int? Kernel, int? Input, int OutChannel, int InChannel, int Sample, int Lane)
{
    public static Point At(Dim dim, int index) => dim switch
    {
        Dim.Output => new() { Output = index },
        Dim.Kernel => new() { Kernel = index },
        Dim.Input => new() { Input = index },
        Dim.OutChannel => new() { OutChannel = index },
        Dim.InChannel => new() { InChannel = index },
        Dim.Sample => new() { Sample = index },
        _ => new() { Lane = index },
    };

    /// <summary>Neighbouring indices; of lanes, neighbouring vectors.</summary>
    public static List<Point> Range(Dim dim, int start, int count, InstructionSet level) =>
        [.. Enumerable.Range(start, count).Select(i => At(dim, dim == Dim.Lane ? i * level.Lanes : i))];

    public static Point operator +(Point a, Point b) => new(
        a.Output ?? b.Output, a.Kernel ?? b.Kernel, a.Input ?? b.Input,
        a.OutChannel + b.OutChannel, a.InChannel + b.InChannel, a.Sample + b.Sample, a.Lane + b.Lane);
}

/// <summary>One multiply-add of a tile: sum[Row, Column] += a[A] · b[B], the number Term of its sum, which goes to c[C]; offsets in floats.</summary>
internal readonly record struct Product(int Row, int Column, int Term, int A, int B, int C);

/// <summary>The multiply-adds of a register tile, listed; where a window reaches outside of the image there is none.</summary>
internal sealed class Products(StridedContraction contraction)
{
    private readonly StridedContraction c = contraction;
    private readonly InAxis inner = Operands.InnerIn(contraction);

    /// <summary>Every valid product of rows × columns × terms.</summary>
    public List<Product> List(IReadOnlyList<Point> rows, IReadOnlyList<Point> columns, IReadOnlyList<Point> terms)
    {
        var products = new List<Product>();
        for (var t = 0; t < terms.Count; t++)
        {
            for (var r = 0; r < rows.Count; r++)
            {
                for (var q = 0; q < columns.Count; q++)
                {
                    if (Resolve(rows[r] + columns[q] + terms[t]) is { } point)
                        products.Add(new Product(r, q, t, Offset(Operands.A(c), point), Offset(Operands.B(c), point), Offset(Operands.C(c), point)));
                }
            }
        }
        return products;
    }

    /// <summary>Where the sum of a row and a column is stored.</summary>
    public int Target(Point row, Point column)
    {
        Point p = row + column;
        int along = c.Target switch
        {
            Operations.Target.Output => (p.Output ?? 0) * c.Columns.YStep,
            Operations.Target.Input => (p.Input ?? 0) * c.Columns.XStep,
            _ => (p.Kernel ?? 0) * c.Columns.WStep,
        };
        return along + Offset(Operands.C(c), p with { Output = 0, Kernel = 0, Input = 0 });
    }

    /// <summary>The two window indices that are known give the third; null where it is outside of its tensor.</summary>
    private Point? Resolve(Point p)
    {
        StridedAxis w = c.Columns;
        switch (c.Target)
        {
            case Operations.Target.Input:
                int from = (p.Input ?? 0) + w.Padding - ((p.Kernel ?? 0) * w.Dilation);
                if (from < 0 || from % w.Stride != 0 || from / w.Stride >= w.Output)
                    return null;
                return p with { Output = from / w.Stride };
            default:
                int x = ((p.Output ?? 0) * w.Stride) + ((p.Kernel ?? 0) * w.Dilation) - w.Padding;
                return x < 0 || x >= w.Input ? null : p with { Input = x };
        }
    }

    private int Offset(Operand operand, Point p) => operand switch
    {
        Operand.Y => (p.Sample * c.Samples.YStep) + (p.OutChannel * c.OutChannels.YStep) + ((p.Output ?? 0) * c.Columns.YStep) + Lane(operand, p),
        Operand.X => (p.Sample * c.Samples.XStep) + (p.InChannel * inner.XStep) + ((p.Input ?? 0) * c.Columns.XStep) + Lane(operand, p),
        _ => (p.OutChannel * c.OutChannels.WStep) + (p.InChannel * inner.WStep) + ((p.Kernel ?? 0) * c.Columns.WStep) + Lane(operand, p),
    };

    private int Lane(Operand operand, Point p) => Operands.HoldsLanes(c, operand) ? p.Lane : 0;
}
