using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>A network as lists of operations on values, for any target: what is computed, in an order that is said here and nowhere else.</summary>
/// <param name="Values">All values, by their number.</param>
/// <param name="Nodes">The layers' outputs, in order.</param>
/// <param name="Input">The samples.</param>
/// <param name="Forward">From the samples to the output.</param>
/// <param name="Backward">From the output's gradient to the parameters'; empty for inference.</param>
/// <param name="InputGradient">What goes on from there to the gradient of the samples.</param>
/// <param name="Recomputed">What shows the values that no operation stores any more, by node.</param>
internal sealed record NetworkProgram(
    EquatableArray<Value> Values,
    EquatableArray<ProgramNode> Nodes,
    int Input,
    EquatableArray<Operation> Forward,
    EquatableArray<Operation> Backward,
    EquatableArray<Operation> InputGradient,
    EquatableArray<Operation> Recomputed)
{
    private readonly EquatableArray<Value> values = Values;
    private readonly EquatableArray<int> roots = RootsOf(Values);

    /// <summary>All values, by their number.</summary>
    public EquatableArray<Value> Values
    {
        get => values;
        init => (values, roots) = (value, RootsOf(value));
    }

    /// <summary>What makes prepared values of parameters; empty for training.</summary>
    public EquatableArray<Operation> Prepare { get; init; } = [];

    /// <summary>Whether there is a backward pass.</summary>
    public bool IsTraining { get; init; }

    /// <summary>The gradient of <see cref="Input"/>; -1 for inference.</summary>
    public int GradientOfInput { get; init; } = -1;

    /// <summary>The value of the main output.</summary>
    public int Output => Nodes[Nodes.Count - 1].Output;

    /// <summary>The nodes that give further outputs.</summary>
    public EquatableArray<int> FurtherOutputs { get; init; } = [];

    /// <summary>Where a backward pass starts that comes from all outputs, where there are several: behind the last node.</summary>
    public int AllOutputs => Nodes.Count;

    /// <summary>Whether the caller reads a value, which therefore must be there.</summary>
    public bool IsFurtherOutput(int value) => FurtherOutputs.Any(node => Root(Nodes[node].Output) == Root(value));

    /// <summary>What a node is called; the start from all outputs is no layer.</summary>
    public string NameOf(int node) => node == AllOutputs ? "all outputs" : Nodes[node].Name;

    /// <summary>The value whose memory a value is.</summary>
    public int Root(int value) => roots[value];

    /// <summary>In one go: where layers work in place, one after the other, each value is a view of the one before.</summary>
    private static EquatableArray<int> RootsOf(EquatableArray<Value> values)
    {
        var roots = new int[values.Count];
        for (var id = 0; id < roots.Length; id++)
            roots[id] = values[id].Alias is >= 0 and var alias ? roots[alias] : id;
        return roots.ToEquatableArray();
    }
}

/// <summary>A layer in a program.</summary>
/// <param name="Name"><c>conv1</c>.</param>
/// <param name="Inputs">The layers whose outputs it takes, by their numbers; below 0: the network's input.</param>
/// <param name="Output">Its output.</param>
/// <param name="Gradient">The gradient of that; -1 for inference.</param>
/// <param name="Parameters">Its parameters and buffers, in PyTorch's order.</param>
internal sealed record ProgramNode(string Name, EquatableArray<int> Inputs, int Output, int Gradient, EquatableArray<int> Parameters);
