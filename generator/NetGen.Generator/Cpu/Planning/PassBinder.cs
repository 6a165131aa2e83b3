using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds the operations of a program to memory in one layout: what each reads and writes, and the strides of both.</summary>
/// <param name="program">What is computed.</param>
/// <param name="parameters">Where parameters lie.</param>
/// <param name="layout">How activations lie.</param>
/// <param name="isForFew">Whether the pass is for a few samples, too few to share weights between them.</param>
internal sealed class PassBinder(NetworkProgram program, ParameterPlan parameters, Layout layout, bool isForFew = false)
{
    private readonly List<Step> steps = [];
    private readonly List<Step> preparation = [];

    public Layout Layout { get; } = layout;

    public bool SamplesAreLanes => Layout == Layout.SamplesAsLanes;

    public bool IsForFew { get; } = isForFew;

    public NetworkProgram Program { get; } = program;

    /// <summary>The first operation is a product that reads the user's rows where they are.</summary>
    public bool ReadsRowsInPlace { get; } = layout == Layout.ChannelsLast
        && program.Forward.Where(o => o.Reads.Any(id => program.Root(id) == program.Input)).Select(o => o is Contraction).DefaultIfEmpty(false).All(isProduct => isProduct);

    /// <summary>The samples.</summary>
    public Buffer Rows => new(Value.NameOf("network", "samples"), Space.Inputs, Shape(Program.Input).Size, true);

    public TensorShape Shape(int value) => Program.Values[value].Shape;

    /// <summary>The place of a parameter, or of the parameter whose gradient a value is.</summary>
    public ParameterPlace Parameter(int value) => parameters.Places[Program.Values[value].GradientOf is >= 0 and var parameter ? parameter : value];

    /// <summary>The memory of a value.</summary>
    public Buffer BufferOf(int value)
    {
        Value root = Program.Values[Program.Root(value)];
        return root.Kind switch
        {
            ValueKind.Input => ReadsRowsInPlace ? Rows : NewActivation(root.Name, root.Shape),
            ValueKind.Parameter or ValueKind.Buffer => parameters.Places[value].Value,
            ValueKind.ParameterGradient => parameters.Places[root.GradientOf].Gradient,
            // Each of them in three parts: mean, 1/σ and the mean's rest; mean gradient, its rest, and how much of it goes along with the values.
            ValueKind.Statistics => NewFixed(root.Name, 3 * WeightLayouts.PerChannel(root.Shape).Floats),
            _ => IsRun(value) ? NewPerSample(root.Name, Layouts.Padded(root.Shape.Size)) : NewActivation(root.Name, root.Shape),
        };
    }

    /// <summary>The strides of a value.</summary>
    public Steps StepsOf(int value)
    {
        TensorShape shape = Shape(Program.Root(value));
        var rows = new Steps(shape.Size, shape.Area, shape.Width, 1);
        return ReadsRowsInPlace && Program.Root(value) == Program.Input ? rows
            : IsRun(value) ? rows with { Sample = Layouts.Padded(shape.Size) }
            : Layout.StepsOf(shape);
    }

    /// <summary>The user's own rows, or their gradient, as one run of features.</summary>
    public bool IsRun(int value) =>
        ReadsRowsInPlace && Program.GradientOfInput >= 0 && Program.Root(value) == Program.Root(Program.GradientOfInput)
        && Program.Forward.First(o => o.Reads.Any(id => Program.Root(id) == Program.Input)) is Contraction { Window.IsLinear: true };

    public Buffer NewActivation(string name, TensorShape shape) => new(name, Space.Arena, Layout.FloatsOf(shape), !SamplesAreLanes);

    public Buffer NewPerSample(string name, int floats) => new(name, Space.Arena, floats, !SamplesAreLanes);

    /// <summary>Memory whose size does not depend on the number of samples.</summary>
    public Buffer NewFixed(string name, int floats) => new(name, Space.Arena, floats, false);

    /// <summary>Adds a step of the operation being bound.</summary>
    public void Add(Operation operation, BoundOperation bound, params Argument[] arguments) => steps.Add(Make(operation, bound, arguments));

    /// <summary>Adds a step that can be done before all others.</summary>
    public void Prepare(Operation operation, BoundOperation bound, params Argument[] arguments) => preparation.Add(Make(operation, bound, arguments));

    public void Add(Step step) => steps.Add(step);

    /// <summary>The steps of these operations, preparations first.</summary>
    public EquatableArray<Step> Bind(IEnumerable<Operation> operations, CancellationToken cancellation, Step? first = null, Step? last = null)
    {
        steps.Clear();
        preparation.Clear();
        if (first is not null)
            steps.Add(first);
        foreach (Operation operation in operations)
        {
            cancellation.ThrowIfCancellationRequested();
            Binders.Bind(this, operation);
        }
        if (last is not null)
            steps.Add(last);
        return [.. preparation, .. steps];
    }

    private static Step Make(Operation operation, BoundOperation bound, Argument[] arguments) =>
        new(bound, [.. arguments], operation.Node) { When = operation.When, AbsorbedBy = operation.AbsorbedBy };
}
