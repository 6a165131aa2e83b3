using NetGen.Generator.Collections;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Cuts a program behind a layer, so that what comes before it can lie otherwise than what comes after: the one value that goes from one part to
/// the other is there in both layouts, and so is the one gradient that comes back.
/// </summary>
internal sealed class LayoutSplit
{
    private readonly NetworkProgram program;
    private readonly int last;
    private readonly int value;
    private readonly List<Value> values;
    private readonly Dictionary<int, int> ofHead = [];

    private LayoutSplit(NetworkProgram program, int last)
    {
        (this.program, this.last) = (program, last);
        value = program.Nodes[last].Output;
        values = [.. program.Values];
    }

    /// <summary>The program in two parts; null: more than one value goes across there, or a layer before it cannot have samples as lanes.</summary>
    /// <param name="program">Any.</param>
    /// <param name="last">The last layer of the first part.</param>
    public static (NetworkProgram Program, ValueLayouts Layouts)? After(int last, NetworkProgram program) => new LayoutSplit(program, last).Split();

    private IEnumerable<Operation> All => program.Forward.Concat(program.Backward).Concat(program.InputGradient).Concat(program.Recomputed);

    private bool IsHead(Operation operation) => operation.Node <= last;

    private (NetworkProgram Program, ValueLayouts Layouts)? Split()
    {
        if (!All.Where(IsHead).All(CanHaveLanes) || !program.Forward.Any(IsHead) || !GoesAcrossAlone())
            return null;
        ofHead[value] = Add(program.Values[value] with { Name = Value.NameOf(program.Values[value].Name, "lanes") });
        int writer = -1, crossing = -1;
        if (program.IsTraining && !ComesBackAlone(out writer, out crossing))
            return null;
        bool isAbsorbed = crossing >= 0 && crossing != program.Nodes[last].Gradient;
        Operation? back = crossing < 0 ? null
            : isAbsorbed ? new Relayout(program.Backward[writer].Node, crossing, ofHead[crossing]) { When = program.Backward[writer].When, Unless = program.Backward[writer].Unless }
            : new Relayout(last, crossing, ofHead[crossing]);
        int forwardWriter = LastWriter(program.Forward, value);
        var split = new NetworkProgram(
            values.ToEquatableArray(),
            program.Nodes.Select((node, i) => Place(node, i, isAbsorbed)).ToEquatableArray(),
            program.Input,
            Rewrite(program.Forward, forwardWriter, new Relayout(last, ofHead[value], value)),
            Rewrite(program.Backward, writer, back),
            Rewrite(program.InputGradient, -1, null),
            Rewrite(program.Recomputed, -1, null))
        {
            Prepare = program.Prepare,
            IsTraining = program.IsTraining,
            GradientOfInput = program.GradientOfInput < 0 ? -1 : Other(program.GradientOfInput),
        };
        HashSet<int> lanes = Lanes(split);
        bool isApart = !Operations(split).Where(o => o is not Relayout && !IsHead(o)).SelectMany(o => o.Reads.Concat(o.Writes)).Any(id => lanes.Contains(split.Root(id)));
        return isApart ? (split, new ValueLayouts(Layout.ChannelsLast) { Lanes = lanes, LastLayer = last }) : null;
    }

    private static bool CanHaveLanes(Operation operation) => operation is
        Contraction { Window.IsLinear: false } or ChannelSum or Map or MapGradient or Sum or ElementProduct or Dropout or Pooling or PoolingGradient
        or Concatenation or ChannelRange or Clear;

    /// <summary>Whether the layer's output is all that the second part reads of the first, and one operation alone reads it.</summary>
    private bool GoesAcrossAlone()
    {
        HashSet<int> made = [program.Root(program.Input), .. program.Forward.Where(IsHead).SelectMany(o => o.Writes).Select(program.Root)];
        Operation[] readers = [.. program.Forward.Where(o => !IsHead(o) && o.Reads.Any(id => made.Contains(program.Root(id))))];
        return program.Values[value] is { Alias: < 0, Kind: ValueKind.Activation } && made.Contains(value)
            && readers.Length == 1 && readers[0].Reads.Where(id => made.Contains(program.Root(id))).All(id => id == value);
    }

    /// <summary>Whether one gradient is all that the first part reads of the second: the output's, or that of an operation before it whose derivative has been done.</summary>
    private bool ComesBackAlone(out int writer, out int crossing)
    {
        (writer, crossing) = (-1, -1);
        Operation[] backward = [.. program.Backward, .. program.InputGradient];
        HashSet<int> made = [.. backward.Where(o => !IsHead(o)).SelectMany(o => o.Writes).Select(program.Root)];
        int[] crossed = [.. backward.Where(IsHead).SelectMany(o => o.Reads).Select(program.Root).Where(made.Contains).Distinct()];
        if (crossed.Length != 1)
            return false;
        int root = crossed[0];
        writer = LastWriter(program.Backward, root);
        if (writer < 0 || program.InputGradient.Any(o => !IsHead(o)))
            return false;
        crossing = program.Backward[writer].Writes.First(id => program.Root(id) == root);
        // Gradients in place of one another: those of the first part get memory of their own, in the same order.
        HashSet<int> ofFirstPart = [value, .. All.Where(IsHead).SelectMany(o => o.Reads.Concat(o.Writes)).Where(id => program.Values[id].Kind == ValueKind.Activation)];
        for (var id = 0; id < program.Values.Count; id++)
        {
            Value gradient = program.Values[id];
            if (gradient.Kind == ValueKind.Gradient && program.Root(id) == root && ofFirstPart.Contains(program.Root(gradient.GradientOf)))
            {
                bool isFirst = gradient.Alias < 0 || !ofHead.ContainsKey(gradient.Alias);
                ofHead[id] = Add(gradient with
                {
                    Name = isFirst ? Value.NameOf(gradient.Name, "lanes") : gradient.Name,
                    Alias = isFirst ? -1 : ofHead[gradient.Alias],
                    GradientOf = Other(gradient.GradientOf),
                });
            }
        }
        return ofHead.ContainsKey(crossing);
    }

    /// <summary>The last operation of the second part that writes a value or what lies in its place; for what goes forward, of the first.</summary>
    private int LastWriter(EquatableArray<Operation> operations, int root)
    {
        bool isForward = root == value;
        for (int i = operations.Count - 1; i >= 0; i--)
        {
            if (IsHead(operations[i]) == isForward && operations[i].Writes.Any(id => program.Root(id) == root))
                return i;
        }
        return -1;
    }

    /// <summary>Where a derivative has been done on the way, the output is shown as the first part has it, and its gradient taken there.</summary>
    private ProgramNode Place(ProgramNode node, int number, bool isAbsorbed) => number < last ? node with { Gradient = Other(node.Gradient) }
        : number == last && isAbsorbed ? node with { Output = Other(node.Output), Gradient = Other(node.Gradient) }
        : node;

    private EquatableArray<Operation> Rewrite(EquatableArray<Operation> operations, int position, Operation? relayout) => operations
        .SelectMany((operation, i) => new[] { IsHead(operation) ? operation.On(Other)! : operation, i == position ? relayout : null }.OfType<Operation>())
        .ToEquatableArray();

    private HashSet<int> Lanes(NetworkProgram split)
    {
        int[] ids =
        [
            split.Input, .. split.GradientOfInput < 0 ? Array.Empty<int>() : [split.GradientOfInput], .. ofHead.Values,
            .. split.Nodes.Take(last).SelectMany(node => new[] { node.Output, node.Gradient }).Where(id => id >= 0),
            .. Operations(split).Where(o => o is not Relayout && IsHead(o)).SelectMany(o => o.Reads.Concat(o.Writes)),
        ];
        return [.. ids.Where(id => split.Values[id].Kind is ValueKind.Input or ValueKind.Activation or ValueKind.Gradient).Select(split.Root)];
    }

    private static IEnumerable<Operation> Operations(NetworkProgram split) => split.Forward.Concat(split.Backward).Concat(split.InputGradient).Concat(split.Recomputed);

    private int Other(int id) => ofHead.TryGetValue(id, out int other) ? other : id;

    private int Add(Value added)
    {
        values.Add(added with { Id = values.Count });
        return values.Count - 1;
    }
}
