using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>A pass over a network as steps on planned memory: all that is written out.</summary>
/// <param name="Layouts">How activations lie.</param>
/// <param name="Forward">From the user's rows to the output's.</param>
/// <param name="Backward">From the output's gradient to the parameters'.</param>
/// <param name="InputGradient">From there to the gradient of the input.</param>
/// <param name="Recomputed">What shows outputs that are not stored, by layer.</param>
/// <param name="Nodes">Where the layers' outputs and their gradients lie.</param>
/// <param name="Input">The gradient of the input.</param>
/// <param name="OutputRows">The main output, a row per sample.</param>
/// <param name="GradientRows">The gradient of the main output, a row per sample.</param>
/// <param name="Memory">Where buffers lie in the arena.</param>
internal sealed record PassPlan(
    ValueLayouts Layouts,
    EquatableArray<Step> Forward,
    EquatableArray<Step> Backward,
    EquatableArray<Step> InputGradient,
    EquatableArray<Step> Recomputed,
    EquatableArray<NodePlace> Nodes,
    NodePlace Input,
    Buffer OutputRows,
    Buffer GradientRows,
    MemoryPlan Memory)
{
    /// <summary>Further outputs.</summary>
    public EquatableArray<OutputPlace> FurtherOutputs { get; init; } = [];

    /// <summary>The steps of all its calls.</summary>
    public IEnumerable<Step> Steps => Forward.Concat(Backward).Concat(InputGradient).Concat(Recomputed);

    /// <summary>Several workers share the batch, be it one sample: each takes some of every step, and they wait for one another between steps.</summary>
    public bool IsShared { get; init; }
}

/// <summary>The rows of a further output.</summary>
/// <param name="Node">The layer that gives it.</param>
/// <param name="Rows">A row per sample.</param>
/// <param name="GradientRows">The same of its gradient.</param>
internal sealed record OutputPlace(int Node, Buffer Rows, Buffer GradientRows);

/// <summary>A layer's output and its gradient in memory.</summary>
/// <param name="Name"><c>conv1</c>.</param>
/// <param name="Inputs">The layers whose outputs it takes; below 0: the network's input.</param>
/// <param name="Shape">Of one sample.</param>
/// <param name="Steps">Floats between neighbours.</param>
/// <param name="Value">The values.</param>
/// <param name="GradientSteps">Floats between neighbours of the gradient.</param>
/// <param name="Gradient">The gradient.</param>
/// <param name="IsStored">False: the values must be recomputed.</param>
internal sealed record NodePlace(string Name, EquatableArray<int> Inputs, TensorShape Shape, Steps Steps, Buffer Value, Steps GradientSteps, Buffer Gradient, bool IsStored)
{
    /// <summary>Floats from 16 samples to the next, where they are side by side in a batch that is computed as a whole; else 0.</summary>
    public int GroupStep { get; init; }
}
