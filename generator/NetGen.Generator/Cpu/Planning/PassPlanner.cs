using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>A program to a pass: operations are bound to memory, workers' meetings are placed, memory is planned over the same steps.</summary>
internal static class PassPlanner
{
    /// <summary>Inference: the output goes straight to the caller.</summary>
    public static PassPlan PlanInference(PassBinder pass, CancellationToken cancellation)
    {
        NetworkProgram program = pass.Program;
        var outputs = new Buffer(Value.NameOf("network", "outputs"), Space.Outputs, pass.Shape(program.Output).Size, true);
        Step export = Export(pass, program.Nodes.Count - 1, outputs, pass.Shape(program.Output).Size);
        EquatableArray<Step> forward = pass.Bind(program.Forward, cancellation, [Import(pass)], [export]);
        bool isShared = pass.Values.HasWide;
        if (isShared)
            forward = Barriers.Place(forward);
        MemoryPlan memory = MemoryPlan.Make(Moments(forward, isShared), []);
        return new PassPlan(pass.ValueLayouts, forward, [], [], [], [], Input(pass), outputs, outputs, memory) { IsShared = isShared };
    }

    /// <summary>Training: forward, backward, and what the user may ask for besides.</summary>
    public static PassPlan PlanTraining(PassBinder pass, CancellationToken cancellation)
    {
        NetworkProgram program = pass.Program;
        int[] outputs = [program.Nodes.Count - 1, .. program.FurtherOutputs];
        (Buffer Buffer, Step? Export)[] rows = [.. outputs.Select(node => OutputRows(pass, node))];
        (Buffer Buffer, Step? Import)[] gradientRows = [.. outputs.Select(node => GradientRows(pass, node))];
        EquatableArray<Step> forward = pass.Bind(program.Forward, cancellation, [Import(pass)], rows.Select(one => one.Export));
        EquatableArray<Step> backward = pass.Bind(program.Backward, cancellation, gradientRows.Select(one => one.Import));
        EquatableArray<Step> inputGradient = pass.Bind(program.InputGradient, cancellation);
        HashSet<int> hidden = [.. program.Recomputed.SelectMany(o => o.Writes)];
        NodePlace[] nodes = [.. program.Nodes.Select((node, i) => Place(pass, node, !hidden.Contains(node.Output)))];
        EquatableArray<Step> recomputed = [.. pass.Bind(program.Recomputed, cancellation), .. CopiedViews(pass, nodes)];
        bool isShared = !pass.ValueLayouts.AreLanes;
        if (isShared)
        {
            forward = Barriers.Place(forward);
            backward = Barriers.Place(backward, [.. gradientRows.Select(one => (one.Buffer, Cut.Samples)), .. nodes.Select(n => (n.Gradient, n.GroupStep > 0 ? Cut.Groups : Cut.Samples))]);
            inputGradient = Barriers.Place(inputGradient);
            recomputed = Barriers.Place(recomputed);
        }
        // Several backward passes may follow one forward pass: none may write over what the forward pass left for them.
        HashSet<string> readBackward = [.. backward.Concat(inputGradient).SelectMany(s => s.Arguments).Where(a => a.Access != Access.Write).Select(a => a.Buffer.Memory)];
        NodePlace input = Input(pass);
        Buffer[] kept =
        [
            .. rows.Select(one => one.Buffer), input.Gradient,
            .. nodes.Where(n => n.IsStored).Select(n => n.Value),
            .. forward.SelectMany(s => s.Arguments).Select(a => a.Buffer).Where(buffer => readBackward.Contains(buffer.Memory)),
        ];
        // Between forward and backward the caller reads the output and writes a gradient: the output's, or any layer's.
        HashSet<string> touched = [.. backward.Concat(inputGradient).SelectMany(s => s.Arguments).Select(a => a.Buffer.Memory)];
        EquatableArray<Argument> byCaller =
            [.. rows.Select(one => one.Buffer).Concat(gradientRows.Select(one => one.Buffer)).Concat(nodes.Select(n => n.Gradient).Where(g => !touched.Contains(g.Memory))).Select(Argument.Update)];
        MemoryPlan memory = MemoryPlan.Make([.. Moments(forward, isShared), new(byCaller, true), .. Moments(backward, isShared), .. Moments(inputGradient, isShared), .. Moments(recomputed, isShared)], kept);
        return new PassPlan(pass.ValueLayouts, forward, backward, inputGradient, recomputed, nodes.ToEquatableArray(), input, rows[0].Buffer, gradientRows[0].Buffer, memory)
        {
            IsShared = isShared,
            FurtherOutputs = program.FurtherOutputs.Select((node, i) => new OutputPlace(node, rows[i + 1].Buffer, gradientRows[i + 1].Buffer)).ToEquatableArray(),
        };
    }

    /// <summary>Workers that share a batch run ahead of one another between two meetings, so what one of them still reads is needed until the next.</summary>
    public static IEnumerable<MemoryPlan.Moment> Moments(EquatableArray<Step> steps, bool isShared) =>
        steps.Select((step, i) => new MemoryPlan.Moment(step.Arguments, !isShared || step.Waits || i == 0));

    private static NodePlace Place(PassBinder pass, ProgramNode node, bool isStored)
    {
        TensorShape shape = pass.Shape(node.Output);
        Buffer value = pass.BufferOf(node.Output), gradient = pass.BufferOf(node.Gradient);
        if (value.Space == Space.Arena)
            return new NodePlace(node.Name, node.Inputs, shape, pass.StepsOf(node.Output), value, pass.StepsOf(node.Gradient), gradient, isStored) { GroupStep = pass.GroupStepOf(node.Output) };
        // A view of rows that are read in place has no memory of its own: when it is asked for, it is copied.
        int padded = Layouts.Padded(shape.Size);
        var steps = new Steps(padded, 1, padded, padded);
        return new NodePlace(node.Name, node.Inputs, TensorShape.Flat(shape.Size), steps, pass.NewPerSample(Value.NameOf(node.Name, "copy"), padded), steps, gradient, false);
    }

    private static IEnumerable<Step> CopiedViews(PassBinder pass, NodePlace[] nodes) => nodes
        .Select((node, i) => (Node: node, Index: i))
        .Where(n => pass.BufferOf(pass.Program.Nodes[n.Index].Output).Space == Space.Inputs)
        .Select(n => new Step(
            new RowsToPixels(
                new PixelShape(n.Node.Shape.Size, 1, 1), n.Node.Shape.Size, new PixelSteps(n.Node.Value.Floats, n.Node.Value.Floats, n.Node.Value.Floats), n.Node.Value.Floats),
            [Argument.Read(pass.Values.Rows), Argument.Write(n.Node.Value)], n.Index));

    private static NodePlace Input(PassBinder pass)
    {
        NetworkProgram program = pass.Program;
        int gradient = program.GradientOfInput < 0 ? program.Input : program.GradientOfInput;
        return new NodePlace("input", [], pass.Shape(program.Input), pass.StepsOf(gradient), pass.BufferOf(gradient), pass.StepsOf(gradient), pass.BufferOf(gradient), true) { GroupStep = pass.GroupStepOf(gradient) };
    }

    /// <summary>Brings the user's rows into the pass's layout; null: they are read in place.</summary>
    private static Step? Import(PassBinder pass)
    {
        if (pass.Values.ReadsRowsInPlace)
            return null;
        TensorShape shape = pass.Shape(pass.Program.Input);
        return new Step(FromRows(pass, pass.Program.Input, shape.Size), [Argument.Read(pass.Values.Rows), pass.Write(pass.Program.Input)], 0);
    }

    /// <summary>Whose rows a node's are: the network's, or of a further output the node's own.</summary>
    private static string OwnerOf(PassBinder pass, int node) => node == pass.Program.Nodes.Count - 1 ? "network" : pass.Program.Nodes[node].Name;

    private static (Buffer Rows, Step? Export) OutputRows(PassBinder pass, int node)
    {
        int value = pass.Program.Nodes[node].Output;
        TensorShape shape = pass.Shape(value);
        Buffer output = pass.BufferOf(value);
        int stride = Layouts.Padded(shape.Size);
        if (!pass.SamplesAreLanes && shape.Area == 1 && output.Space == Space.Arena && output.Floats == stride)
            return (output, null);
        string name = Value.NameOf(OwnerOf(pass, node), "output");
        Buffer rows = pass.SamplesAreLanes ? pass.NewFixed(name, stride * InstructionSet.Block) : pass.NewPerSample(name, stride);
        return (rows, Export(pass, node, rows, stride));
    }

    private static Step Export(PassBinder pass, int node, Buffer rows, int rowStep)
    {
        int value = pass.Program.Nodes[node].Output;
        TensorShape shape = pass.Shape(value);
        BoundOperation change = pass.SamplesAreLanes
            ? new LayoutChange(Change.LanesToRows, shape.Size, 1, rowStep)
            : new PixelsToRows(new PixelShape(shape.Channels, shape.Height, shape.Width), pass.StepsOf(value).Pixels, rowStep);
        return new Step(change, [pass.Read(value), Argument.Write(rows)], node);
    }

    /// <summary>Those of further outputs are read only by a backward pass that starts at all outputs.</summary>
    private static (Buffer Rows, Step? Import) GradientRows(PassBinder pass, int node)
    {
        int gradient = pass.Program.Nodes[node].Gradient;
        TensorShape shape = pass.Shape(gradient);
        int stride = Layouts.Padded(shape.Size);
        if (!pass.SamplesAreLanes && shape.Area == 1 && pass.BufferOf(gradient).Floats == stride)
            return (pass.BufferOf(gradient), null);
        string name = Value.NameOf(OwnerOf(pass, node), "output:gradient");
        Buffer rows = pass.SamplesAreLanes ? pass.NewFixed(name, stride * InstructionSet.Block) : pass.NewPerSample(name, stride);
        return (rows, new Step(FromRows(pass, gradient, stride), [Argument.Read(rows), pass.Write(gradient)], node == pass.Program.Nodes.Count - 1 ? node : pass.Program.AllOutputs));
    }

    private static BoundOperation FromRows(PassBinder pass, int value, int rowStep)
    {
        TensorShape shape = pass.Shape(value);
        if (pass.ValueLayouts.Of(pass.Program.Root(value)) == Layout.SamplesAsLanes)
            return new LayoutChange(Change.RowsToLanes, shape.Size, 1, rowStep);
        (TensorShape image, PixelSteps steps) = (pass.Shape(pass.Program.Root(value)), pass.StepsOf(value).Pixels);
        // Where pixels have no padding of their own, none is written.
        return new RowsToPixels(new PixelShape(image.Channels, image.Height, image.Width), rowStep, steps, Math.Min(steps.Pixel, Layouts.Padded(image.Channels)));
    }
}
