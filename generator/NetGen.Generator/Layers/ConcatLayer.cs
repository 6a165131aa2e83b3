using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Concat: channels of several images, or features of several vectors, one after the other; those of the layer right before it come last.</summary>
internal sealed record ConcatLayer : Layer
{
    public override string Kind => "Concat";

    public override string NamePrefix => "concat";

    public override bool Merges => true;

    public override Inference Infer(EquatableArray<TensorShape> inputs, EquatableArray<string> names)
    {
        for (var i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].Rank != inputs[0].Rank || !inputs[i].Extents.Skip(1).SequenceEqual(inputs[0].Extents.Skip(1)))
                return Problem.Of(Rules.UnequalShapes, Kind, inputs[0].Rank switch { 1 => "equal length", 3 => "equal depth, height and width", _ => "equal height and width" }, names[0], inputs[0], names[i], inputs[i]).AtElement("names", i - 1);
        }
        int features = inputs.Aggregate(0, (sum, input) => checked(sum + input.Features));
        return inputs[0].WithFeatures(features);
    }

    public override int Describe(ProgramBuilder program, EquatableArray<int> inputs, TensorShape output)
    {
        int[] parts = [.. inputs.Skip(1), inputs[0]];
        int y = program.New(output);
        program.Emit(new Concatenation(program.Node, parts.Select((x, i) => MergeLayer.InOrder(program, x, i)).ToEquatableArray(), parts.Select(x => program.Shape(x).Features).ToEquatableArray(), y));
        return y;
    }
}
