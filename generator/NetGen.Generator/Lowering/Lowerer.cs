using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Lowering;

/// <summary>A checked graph to programs: the layers describe the forward pass; the rest follows from the operations.</summary>
internal static class Lowerer
{
    /// <summary>The forward pass as the layers describe it, for training and evaluation.</summary>
    public static NetworkProgram Describe(NetworkGraph graph, CancellationToken cancellation)
    {
        var program = new ProgramBuilder();
        int input = program.NewInput(graph.Input);
        var nodes = new List<ProgramNode>();
        Dictionary<string, int> counters = graph.Counters.Select((name, number) => (name, number)).ToDictionary(counter => counter.name, counter => counter.number);
        for (var node = 0; node < graph.Layers.Count; node++)
        {
            cancellation.ThrowIfCancellationRequested();
            GraphLayer layer = graph.Layers[node];
            program.Begin(layer.Name, node, layer.ParameterSpecs, layer.SharedWith, layer.IsFrozen, layer.CounterNames.Select(name => counters[name]).DefaultIfEmpty(-1).First());
            EquatableArray<int> inputs = layer.Inputs.Select(from => from < 0 ? input : nodes[from].Output).ToEquatableArray();
            int output = layer.IsShared ? DescribeShared(program, layer, inputs) : layer.Layer.Describe(program, inputs, layer.Output);
            nodes.Add(new ProgramNode(layer.Name, layer.Inputs, output, -1, layer.ParameterSpecs.Select(spec => program.Parameter(spec.Name)).ToEquatableArray()));
        }
        return new NetworkProgram(program.Values.ToEquatableArray(), nodes.ToEquatableArray(), input, program.Operations, [], [], [])
        {
            FurtherOutputs = graph.Outputs.Select(output => output.Node).ToEquatableArray(),
        };
    }

    /// <summary>Features in one order for all layers with the same parameters, whatever image they were: weights lie by the order that they are read in.</summary>
    private static int DescribeShared(ProgramBuilder program, GraphLayer layer, EquatableArray<int> inputs)
    {
        int x = MergeLayer.InOrder(program, inputs[0], 0);
        TensorShape made = x == inputs[0] ? layer.Output : layer.Layer.Infer([program.Shape(x)], [layer.Name]).Output!.Value;
        int y = layer.Layer.Describe(program, [x], made);
        if (made == layer.Output)
            return y;
        int output = program.New(layer.Output, "image");
        program.Emit(new Rearrange(program.Node, y, output));
        return output;
    }

    /// <summary>What training runs: forward, backward, and what the user may ask for besides.</summary>
    public static NetworkProgram ForTraining(NetworkProgram forward) => Fusion.Fuse(Differentiation.Differentiate(forward));

    /// <summary>What inference runs: nothing that only training or further outputs need.</summary>
    public static NetworkProgram ForInference(NetworkProgram forward) => Fusion.Fuse(Folding.Fold(Evaluation.Of(forward)));
}
