using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Add and Multiply: outputs of equal shape, element by element.</summary>
internal sealed record MergeLayer(MergeKind MergeKind) : Layer
{
    public override string Kind => MergeKind.ToString();

    public override string NamePrefix => Kind.ToLowerInvariant();

    public override bool Merges => true;

    public override Inference Infer(EquatableArray<TensorShape> inputs, EquatableArray<string> names)
    {
        for (var i = 1; i < inputs.Count; i++)
        {
            if (!inputs[i].Extents.SequenceEqual(inputs[0].Extents))
                return Inference.Of(inputs[0], Problem.Of(Rules.UnequalShapes, Kind, "equal shape", names[0], inputs[0], names[i], inputs[i]).AtElement("names", i - 1));
        }
        return AreAlike(inputs) ? inputs[0] : TensorShape.Flat(inputs[0].Size);
    }

    public override int Describe(ProgramBuilder program, EquatableArray<int> inputs, TensorShape output)
    {
        int[] values = [.. inputs.Select((x, i) => program.Shape(x) == output ? x : InOrder(program, x, i))];
        int result = values[0];
        for (var i = 1; i < values.Length; i++)
        {
            int merged = program.New(output, i == values.Length - 1 ? "" : FormattableString.Invariant($"of{i + 1}"));
            program.Emit(MergeKind == MergeKind.Add ? new Sum(program.Node, result, values[i], merged) : new ElementProduct(program.Node, result, values[i], merged));
            result = merged;
        }
        return result;
    }

    /// <summary>A flattened image in the order of features, which is not that of the image in every memory; others as they are.</summary>
    public static int InOrder(ProgramBuilder program, int x, int number)
    {
        TensorShape shape = program.Shape(x);
        if (!shape.IsFlat || shape.Area == 1)
            return x;
        int y = program.New(TensorShape.Flat(shape.Size), FormattableString.Invariant($"features{number + 1}"));
        program.Emit(new Rearrange(program.Node, x, y));
        return y;
    }

    private static bool AreAlike(EquatableArray<TensorShape> inputs) => inputs.All(input => input == inputs[0]);
}

/// <summary>How outputs are merged.</summary>
internal enum MergeKind
{
    Add,
    Multiply,
}
