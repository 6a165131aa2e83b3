using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Reshape: the same values in PyTorch's order as a vector, a signal, an image or a volume.</summary>
/// <param name="Names">What the attribute calls its extents.</param>
/// <param name="Extents">Outermost first; -1: what is left over.</param>
internal sealed record ReshapeLayer(EquatableArray<string> Names, EquatableArray<int> Extents) : UnaryLayer
{
    private static readonly string[][] ByRank = [["features"], ["channels", "length"], ["channels", "height", "width"], ["channels", "depth", "height", "width"]];

    private const int LeftOver = -1;

    public override string Kind => "Reshape";

    public override string NamePrefix => "reshape";

    public static Layer Read(LayerArguments arguments)
    {
        string[] names = ByRank.Last(all => all.All(arguments.Has));
        return new ReshapeLayer(names.ToEquatableArray(), names.Select(name => arguments.Int(name)).ToEquatableArray());
    }

    public override IEnumerable<Problem> CheckArguments()
    {
        for (var i = 0; i < Extents.Count; i++)
        {
            bool isSecond = Extents[i] == LeftOver && Extents.Take(i).Contains(LeftOver);
            if (isSecond || Extents[i] is not (LeftOver or >= 1))
                return Check.That(false, Kind, Names[i], isSecond ? "at least 1, another being -1 already," : "at least 1, or -1 for what is left over,", Extents[i]);
        }
        return [];
    }

    public override Inference Infer(TensorShape input)
    {
        long known = Extents.Where(extent => extent != LeftOver).Aggregate(1L, (product, extent) => checked(product * extent));
        bool isLeft = Extents.Contains(LeftOver);
        if (isLeft ? input.Size % known != 0 : input.Size != known)
        {
            string written = string.Join("×", Extents.Select(extent => extent == LeftOver ? "?" : FormattableString.Invariant($"{extent}")));
            string makes = isLeft ? FormattableString.Invariant($"a multiple of {known} values, {written},") : Extents.Count == 1 ? FormattableString.Invariant($"{known} values") : FormattableString.Invariant($"{written} = {known} values");
            return Problem.Of(Rules.UnequalSizes, Kind, makes, input.Arithmetic).At(Names[0]);
        }
        int[] extents = [.. Extents.Select(extent => extent == LeftOver ? (int)(input.Size / known) : extent)];
        return extents.Length == 1 ? input.Flatten() : TensorShape.Of(extents);
    }

    /// <summary>The same memory where that has the values in the same order; else the features in PyTorch's order, and the image of those.</summary>
    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        if (output.IsFlat || (input.Channels, input.Height, input.Width) == (output.Channels, output.Height, output.Width))
            return program.View(x, output);
        int features = MergeLayer.InOrder(program, input.IsFlat ? x : program.View(x, input.Flatten()), 0);
        if (output.Area == 1)
            return program.View(features, output);
        int y = program.New(output);
        program.Emit(new Rearrange(program.Node, features, y));
        return y;
    }
}
