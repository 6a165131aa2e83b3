using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Lowering;

/// <summary>Turns a checked graph into a pass: each layer describes itself, activation functions are fused, memory is planned.</summary>
internal static class PassLowering
{
    /// <summary>A layer while its pass is being made.</summary>
    private sealed class Draft(GraphLayer layer)
    {
        public GraphLayer Layer { get; } = layer;

        public List<Instruction> Forward { get; } = [];

        public List<Instruction> ParameterGradients { get; } = [];

        public List<Instruction> Preparation { get; } = [];

        public List<Instruction> InputGradient { get; } = [];

        public Activation? Input { get; set; }

        public Activation? Output { get; set; }

        public Instruction? Unfused { get; set; }

        public int FusedBy { get; set; } = -1;
    }

    /// <summary>The pass that the builder is for; a training pass goes backward too and keeps every activation.</summary>
    public static PassPlan Lower(NetworkGraph graph, ParameterTable parameters, PassBuilder pass, CancellationToken cancellation)
    {
        Draft[] drafts = [.. graph.Layers.Select(layer => new Draft(layer))];
        Activation input = MakeInput(graph, pass, out Instruction? import);
        Activation output = Forward(pass, parameters, drafts, input, cancellation);
        (Tensor outputRows, Instruction? export) = MakeRows(pass, output);
        Tensor gradientRows = outputRows;
        Instruction? importGradient = null;
        int firstTrainable = Array.FindIndex(drafts, d => d.Layer.ParameterSpecs.Any(s => s.IsTrainable));
        if (firstTrainable < 0)
            firstTrainable = drafts.Length;
        if (pass.ForTraining)
        {
            CopyViews(pass, drafts);
            (gradientRows, importGradient) = MakeGradientRows(pass, output);
            Backward(pass, parameters, drafts, cancellation);
        }
        MemoryPlan memory = PlanMemory(pass, drafts, import, export, importGradient, outputRows, gradientRows, input, firstTrainable);
        return new PassPlan(
            pass.Layout,
            drafts.Select(d => new LayerPass(
                d.Layer.Name, d.Output!, d.Unfused, d.Forward.ToEquatableArray(), d.ParameterGradients.ToEquatableArray(),
                d.Preparation.ToEquatableArray(), d.InputGradient.ToEquatableArray(), d.FusedBy)).ToEquatableArray(),
            input, import, export, importGradient, outputRows, gradientRows,
            firstTrainable, memory);
    }

    private static Activation MakeInput(NetworkGraph graph, PassBuilder pass, out Instruction? import)
    {
        TensorShape shape = graph.Input;
        pass.Begin("network:input", -1, [], []);
        Activation input = pass.NewActivation(shape);
        var rows = new Tensor("network:samples", Space.Inputs, shape.Size, true);
        if (pass.SamplesAreLanes)
        {
            import = new Instruction(new LayoutChange("RowsToLanes", "The samples, side by side.", Change.RowsToLanes, shape.Size, 1, shape.Size), [rows, input.Value]);
            return input;
        }
        int first = graph.Layers.Items.ToList().FindIndex(l => !l.Layer.IsView);
        if (first >= 0 && graph.Layers[first].Layer.ReadsRowsInPlace)
        {
            import = null;
            bool isRun = graph.Layers[first].Input.IsFlat;
            int run = PassBuilder.Padded(shape.Size);
            var rowSteps = new Steps(shape.Size, shape.Area, shape.Width, 1);
            return new Activation(
                shape, rows, pass.NewTensor("gradient", isRun ? run : pass.FloatsOf(shape)), rowSteps,
                isRun ? rowSteps with { Sample = run } : pass.StepsOf(shape), IsNatural: true);
        }
        import = new Instruction(
            new LayoutChange("RowsToChannelsLast", "The samples, channels last.", Change.RowsToChannelsLast, shape.Channels, shape.Area, PassBuilder.Padded(shape.Channels)),
            [rows, input.Value]);
        return input;
    }

    private static Activation Forward(PassBuilder pass, ParameterTable parameters, Draft[] drafts, Activation input, CancellationToken cancellation)
    {
        Activation x = input;
        for (var i = 0; i < drafts.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draft draft = drafts[i];
            Instruction? offered = pass.Fusible;
            pass.Begin(draft.Layer.Name, i, parameters.Layers[i], draft.Forward);
            draft.Input = x;
            draft.Output = x = draft.Layer.Layer.Forward(pass, x, draft.Layer.Output);
            if (pass.Replaced is { } replaced)
            {
                Draft below = drafts[i - 1];
                below.Forward[below.Forward.IndexOf(replaced.Old)] = replaced.New;
                Tensor scratch = below.Output!.Value with { Name = PassBuilder.TensorName(draft.Layer.Name, "unfused") };
                below.Unfused = replaced.New with { Tensors = replaced.New.Tensors.Select(t => t == below.Output.Value ? scratch : t).ToEquatableArray(), IsBeforeReLU = true };
                below.Output = below.Output with { Value = scratch };
            }
            if (pass.Fusible == offered)
                pass.OfferFusion(null);
        }
        return x;
    }

    /// <summary>A view of rows that are read in place has no memory of its own: when it is asked for, it is copied.</summary>
    private static void CopyViews(PassBuilder pass, Draft[] drafts)
    {
        foreach (Draft draft in drafts.Where(d => d.Output!.Value.Space == Space.Inputs))
        {
            int size = draft.Output!.Shape.Size, padded = PassBuilder.Padded(size);
            pass.Begin(draft.Layer.Name, 0, [], []);
            Tensor copy = pass.NewTensor("copy", padded);
            draft.Unfused = new Instruction(
                new LayoutChange("RowsToChannelsLast", "The samples.", Change.RowsToChannelsLast, size, 1, padded), [draft.Output.Value, copy]);
            draft.Output = draft.Output with { Shape = TensorShape.Flat(size), Value = copy, Steps = new Steps(padded, 1, padded, padded) };
        }
    }

    /// <summary>From the last layer to the first; a layer may apply the gradient of the activation function below on its way.</summary>
    private static void Backward(PassBuilder pass, ParameterTable parameters, Draft[] drafts, CancellationToken cancellation)
    {
        for (int i = drafts.Length - 1; i >= 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            Draft draft = drafts[i];
            // Where the values of an activation function are stored, its gradient can be told from them.
            int under = Array.FindLastIndex(drafts, Math.Max(0, i - 1), Math.Max(0, i), d => !d.Layer.Layer.IsView);
            (Finish, Tensor)? below = under >= 0 && drafts[under].Layer.Layer.FusedGradient is { } finish ? (finish, draft.Input!.Value) : null;
            Activation x = draft.Input!, y = i + 1 < drafts.Length ? drafts[i + 1].Input! : draft.Output!;
            pass.Begin(draft.Layer.Name, i, parameters.Layers[i], draft.ParameterGradients);
            draft.Layer.Layer.ParameterGradients(pass, x, y);
            pass.Begin(draft.Layer.Name, i, parameters.Layers[i], draft.InputGradient, below);
            draft.Layer.Layer.InputGradient(pass, x, y);
            if (pass.TookGradientOfInput)
                drafts[under].FusedBy = i;
            foreach (Instruction transposed in draft.InputGradient.Where(IsPreparation).ToList())
            {
                draft.InputGradient.Remove(transposed);
                draft.Preparation.Add(transposed);
            }
        }
    }

    private static bool IsPreparation(Instruction instruction) => instruction.Operation is LayoutChange { Change: Change.TransposeWeights };

    private static (Tensor Rows, Instruction? Export) MakeRows(PassBuilder pass, Activation output)
    {
        TensorShape shape = output.Shape;
        int stride = PassBuilder.Padded(shape.Size);
        pass.Begin("network:output", -1, [], []);
        if (pass.SamplesAreLanes)
        {
            Tensor rows = pass.NewFixed("", stride * PassBuilder.Block);
            return (rows, new Instruction(new LayoutChange("LanesToRows", "The output, a row per sample.", Change.LanesToRows, shape.Size, 1, stride), [output.Value, rows]));
        }
        if (shape.Area == 1 && !output.IsNatural)
            return (output.Value, null);
        Tensor target = pass.NewTensor("", stride);
        return (target, new Instruction(
            new LayoutChange("ChannelsLastToRows", "The output, a row per sample.", Change.ChannelsLastToRows, shape.Channels, shape.Area, PassBuilder.Padded(shape.Channels)),
            [output.Value, target]));
    }

    private static (Tensor Rows, Instruction? Import) MakeGradientRows(PassBuilder pass, Activation output)
    {
        TensorShape shape = output.Shape;
        int stride = PassBuilder.Padded(shape.Size);
        pass.Begin("network:output", -1, [], []);
        if (pass.SamplesAreLanes)
        {
            Tensor rows = pass.NewFixed("gradient", stride * PassBuilder.Block);
            return (rows, new Instruction(
                new LayoutChange("RowsToLanes", "The output's gradient, samples side by side.", Change.RowsToLanes, shape.Size, 1, stride), [rows, output.Gradient]));
        }
        if (shape.Area == 1)
            return (output.Gradient, null);
        Tensor source = pass.NewTensor("gradient", stride);
        return (source, new Instruction(
            new LayoutChange("RowsToChannelsLast", "The output's gradient, channels last.", Change.RowsToChannelsLast, shape.Channels, shape.Area, PassBuilder.Padded(shape.Channels), stride),
            [source, output.Gradient]));
    }

    private static MemoryPlan PlanMemory(
        PassBuilder pass, Draft[] drafts, Instruction? import, Instruction? export, Instruction? importGradient,
        Tensor outputRows, Tensor gradientRows, Activation input, int firstTrainable)
    {
        // Workers that share a batch run ahead of one another between two meetings, so what one of them still reads is needed until the next.
        bool isShared = pass.ForTraining && !pass.SamplesAreLanes;
        var timeline = new List<List<Tensor>> { new() };
        void Use(params IEnumerable<Tensor> tensors)
        {
            if (!isShared)
                timeline.Add([]);
            timeline[timeline.Count - 1].AddRange(tensors);
        }

        void Add(Instruction? instruction)
        {
            if (instruction is null)
                return;
            if (instruction.Meets)
                timeline.Add([]);
            Use(instruction.Tensors);
        }

        Add(import);
        foreach (Instruction instruction in drafts.SelectMany(d => d.Forward))
            Add(instruction);
        Add(export);
        var kept = new List<Tensor> { outputRows };
        if (pass.ForTraining)
        {
            kept.Add(input.Value);
            kept.Add(input.Gradient);
            kept.AddRange(drafts.Select(d => d.Output!.Value));
            // Several backward passes may follow one forward pass: none may write over what the forward pass left for them.
            kept.AddRange(drafts.SelectMany(d => d.Forward).SelectMany(i => i.Tensors)
                .Intersect(drafts.SelectMany(d => d.ParameterGradients.Concat(d.InputGradient)).SelectMany(i => i.Tensors)));
            Use(gradientRows, drafts[drafts.Length - 1].Output!.Gradient);
            foreach (Instruction instruction in drafts.Skip(firstTrainable + 1).SelectMany(d => d.Preparation))
                Add(instruction);
            timeline.Add([]);
            Add(importGradient);
            for (int i = drafts.Length - 1; i >= 0; i--)
            {
                // A backward pass may start at any layer, with a gradient that the user wrote.
                Use(drafts[i].Output!.Gradient);
                foreach (Instruction instruction in drafts[i].ParameterGradients)
                    Add(instruction);
                if (i == Math.Min(firstTrainable, drafts.Length - 1))
                {
                    // Here the backward pass ends, and what gives the input's gradient begins.
                    timeline.Add([]);
                    foreach (Instruction instruction in drafts.Take(i + 1).SelectMany(d => d.Preparation))
                        Add(instruction);
                    timeline.Add([]);
                }
                foreach (Instruction instruction in drafts[i].InputGradient)
                    Add(instruction);
            }
        }
        return MemoryPlan.Make(timeline, kept);
    }
}
