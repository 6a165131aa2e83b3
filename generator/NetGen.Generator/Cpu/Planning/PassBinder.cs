using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds the operations of a program to memory: what each reads and writes, and the strides of both.</summary>
/// <param name="program">What is computed.</param>
/// <param name="parameters">Where parameters lie.</param>
/// <param name="layouts">How activations lie.</param>
/// <param name="isForFew">Whether the pass is for a few samples, too few to share weights between them.</param>
internal sealed class PassBinder(NetworkProgram program, ParameterPlan parameters, ValueLayouts layouts, bool isForFew = false)
{
    private readonly List<Step> steps = [];
    private readonly List<Step> preparation = [];
    private readonly List<Step> completion = [];
    private readonly HashSet<int> cleared = [];

    public ValueLayouts ValueLayouts { get; } = layouts;

    /// <summary>In what the operation being bound reads and writes, samples are lanes.</summary>
    public bool SamplesAreLanes { get; private set; } = layouts.AreLanes;

    /// <summary>The operation being bound goes to kernels that all networks of a project share, over images with channels side by side.</summary>
    public bool UsesSharedKernels => Values.HasWide && !SamplesAreLanes;

    public bool IsForFew { get; } = isForFew;

    public NetworkProgram Program { get; } = program;

    public TensorShape Shape(int value) => Program.Values[value].Shape;

    /// <summary>Where the values lie.</summary>
    public ValuePlan Values { get; } = new(program, parameters, layouts);

    /// <summary>The memory of a value.</summary>
    public Buffer BufferOf(int value) => Values.BufferOf(value);

    /// <summary>The strides of a value.</summary>
    public Steps StepsOf(int value) => Values.StepsOf(value);

    public Buffer NewPerSample(string name, int floats) => new(name, Space.Arena, floats, !ValueLayouts.AreLanes);

    /// <summary>Memory that every 16 samples have for themselves.</summary>
    public Buffer NewPerGroup(string name, int floats) =>
        ValueLayouts.AreLanes ? NewFixed(name, floats) : new(name, Space.Arena, (floats + InstructionSet.Block - 1) / InstructionSet.Block, true);

    /// <summary>Floats of a value: of a sample, or of the 16 that are lanes.</summary>
    public int FloatsOf(int value) => SamplesAreLanes ? Layout.SamplesAsLanes.FloatsOf(Shape(Program.Root(value))) : BufferOf(value).Floats;

    /// <summary>Memory whose size does not depend on the number of samples.</summary>
    public Buffer NewFixed(string name, int floats) => new(name, Space.Arena, floats, false);

    /// <summary>Floats from the values of 16 samples side by side to those of the next 16, where a batch is computed as a whole; 0: they lie otherwise.</summary>
    public int GroupStepOf(int value) =>
        !ValueLayouts.AreLanes && ValueLayouts.Of(Program.Root(value)) == Layout.SamplesAsLanes ? Layout.SamplesAsLanes.FloatsOf(Shape(Program.Root(value))) : 0;

    /// <summary>Adds a step of the operation being bound.</summary>
    public void Add(Operation operation, BoundOperation bound, params Argument[] arguments) => steps.Add(Make(operation, bound, arguments));

    /// <summary>Adds a step that can be done after all others.</summary>
    public void Complete(Operation operation, BoundOperation bound, params Argument[] arguments) => completion.Add(Make(operation, bound, arguments));

    /// <summary>Adds a step that can be done before all others.</summary>
    public void Prepare(Operation operation, BoundOperation bound, params Argument[] arguments) => preparation.Add(Make(operation, bound, arguments));

    public void Add(Step step) => steps.Add(step);

    /// <summary>Zeros around the images of a value, which an operation reads with them; once for all operations that are bound together.</summary>
    public void AddZerosAround(Operation operation, int value)
    {
        WideHalo halo = Values.HaloOf(value);
        int root = Program.Root(value);
        if (halo == default || !cleared.Add(root))
            return;
        (TensorShape shape, Steps steps) = (Shape(root), StepsOf(root));
        // Around part of a concatenation, its own channels: who makes the others may not run where a backward pass starts behind it.
        int channels = Values.IsPart(root) ? Layouts.Padded(shape.Channels) : steps.Column;
        Add(operation, new HaloZeros(channels, shape.Height, shape.Width, steps.Pixels, halo), Argument.Update(BufferOf(root)));
    }

    /// <summary>The steps of these operations, preparations first, completions last.</summary>
    public EquatableArray<Step> Bind(IEnumerable<Operation> operations, CancellationToken cancellation, IEnumerable<Step?>? first = null, IEnumerable<Step?>? last = null)
    {
        steps.Clear();
        preparation.Clear();
        completion.Clear();
        cleared.Clear();
        steps.AddRange((first ?? []).OfType<Step>());
        foreach (Operation operation in operations)
        {
            cancellation.ThrowIfCancellationRequested();
            SamplesAreLanes = ValueLayouts.AreLanes || (operation is not Relayout && operation.Reads.Concat(operation.Writes).Any(id => ValueLayouts.Lanes.Contains(Program.Root(id))));
            Binders.Bind(this, operation);
        }
        steps.AddRange(completion);
        SamplesAreLanes = ValueLayouts.AreLanes;
        steps.AddRange((last ?? []).OfType<Step>());
        return [.. preparation, .. steps];
    }

    private static Step Make(Operation operation, BoundOperation bound, Argument[] arguments) =>
        new(bound, [.. arguments], operation.Node) { When = operation.When, Unless = operation.Unless };
}
