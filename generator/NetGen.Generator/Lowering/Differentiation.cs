using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Adds the backward pass: each operation's derivative, from the last operation to the first.</summary>
internal static class Differentiation
{
    public static NetworkProgram Differentiate(NetworkProgram program)
    {
        var gradients = new GradientBuilder(program.Values, [.. program.Nodes.Select(node => node.Name)]);
        foreach (int node in program.FurtherOutputs)
            gradients.StartAt(program.Nodes[node].Output, program.AllOutputs);
        for (int i = program.Forward.Count - 1; i >= 0; i--)
        {
            Operation operation = program.Forward[i];
            gradients.Node = operation.Node;
            // What evaluation does in place of a training operation has that operation's derivative.
            if (operation.When != When.Evaluation)
                operation.Differentiate(gradients);
        }
        EquatableArray<ProgramNode> nodes = program.Nodes.Select(node => node with { Gradient = gradients.Of(node.Output) }).ToEquatableArray();
        int ofInput = gradients.Of(program.Input);
        NetworkProgram whole = program with { Values = gradients.Values, Nodes = nodes, GradientOfInput = ofInput, IsTraining = true };
        var starts = BackwardStarts.Of(program.Nodes.Select(node => node.Inputs), program.FurtherOutputs);
        Operation[] backward = [.. gradients.Operations.Where(o => !starts.Of(o.Node, o.Unless).IsEmpty)];
        HashSet<int> needed = Needed(whole, backward);
        return whole with
        {
            Backward = backward.Where((_, i) => needed.Contains(i)).ToEquatableArray(),
            InputGradient = backward.Where((_, i) => !needed.Contains(i)).ToEquatableArray(),
        };
    }

    /// <summary>
    /// The operations without which some parameter would have no gradient, and those that read what one of them overwrites later; the others lead to
    /// the input's only.
    /// </summary>
    private static HashSet<int> Needed(NetworkProgram program, IReadOnlyList<Operation> backward)
    {
        HashSet<int> wanted = [], overwritten = [], needed = [];
        for (int i = backward.Count - 1; i >= 0; i--)
        {
            Operation operation = backward[i];
            bool isWanted = operation.Writes.Any(id => program.Values[id].Kind == ValueKind.ParameterGradient || wanted.Contains(program.Root(id)));
            if (!isWanted && !operation.Reads.Any(id => overwritten.Contains(program.Root(id))))
                continue;
            needed.Add(i);
            wanted.UnionWith(operation.Reads.Select(program.Root));
            overwritten.UnionWith(operation.Writes.Select(program.Root));
        }
        return needed;
    }
}
