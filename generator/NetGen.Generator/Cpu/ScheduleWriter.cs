using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes a pass as a sequence of kernel calls on named places of the arena.</summary>
internal sealed class ScheduleWriter(PassPlan pass, LevelEmitter level)
{
    private const string Transforms = "global::NetGen.Engine.LayoutTransform";

    private static readonly HashSet<string> Reserved =
        ["parameters", "inputs", "outputs", "count", "arena", "step", "fromLayer", "layer", "capacity", "from", "to", "tap"];

    private readonly Dictionary<Tensor, string> locals = [];

    private int shareCount;

    /// <summary>What calls have at hand besides their tensors.</summary>
    private sealed record Scope(string Count, string From, string To, bool IsTraining, string? Capacity);

    /// <summary>Inference of at most <paramref name="capacity"/> samples.</summary>
    public void WritePredict(SourceWriter w, string name, int capacity, ProgramPlan plan)
    {
        var scope = new Scope("count", "0", "count", false, Operands.Text(capacity));
        List<Instruction> body = [.. One(pass.Import), .. pass.Layers.SelectMany(l => l.Forward)];
        w.Line().Line(KernelSet.Attribute);
        using (w.Open($"private static void {name}(ref float parameters, ref float inputs, ref float outputs, int count, ref float arena)"))
        {
            WritePlaces(w, [.. body.SelectMany(i => i.Tensors), .. One(pass.Export).SelectMany(i => i.Tensors.Take(1)), .. pass.Export is null ? [pass.OutputRows] : Array.Empty<Tensor>()], scope);
            foreach (Instruction instruction in body)
                Write(w, instruction, scope);
            // The rows go straight to the caller, who has no padding between them.
            if (pass.Export is { Operation: LayoutChange change } export)
            {
                string source = Local(export.Tensors[0]);
                w.Line(pass.SamplesAreLanes
                    ? $"{Transforms}.LanesToRows(ref {source}, {plan.OutputSize}, {plan.OutputSize}, ref outputs, {plan.OutputSize}, count);"
                    : $"{Transforms}.ChannelsLastToRows(ref {source}, {change.Channels}, {change.Pixels}, {change.Padded}, ref outputs, {plan.OutputSize}, 0, count);");
            }
            else
            {
                w.Line($"{Transforms}.ChannelsLastToRows(ref {Local(pass.OutputRows)}, {plan.OutputSize}, 1, {PassBuilder.Padded(plan.OutputSize)}, ref outputs, {plan.OutputSize}, 0, count);");
            }
        }
    }

    public void WriteForward(SourceWriter w)
    {
        List<Instruction> body = [.. One(pass.Import), .. pass.Layers.SelectMany(l => l.Forward), .. One(pass.Export)];
        OpenStep(w, "Forward", "", body, scope =>
        {
            foreach (Instruction instruction in body)
                Write(w, instruction, scope);
        });
    }

    public void WriteBackward(SourceWriter w)
    {
        int last = pass.Layers.Count - 1;
        // Below the first layer with parameters nothing goes on but the gradient of the input, which is asked for apart.
        List<Instruction> preparation = [.. pass.Layers.Skip(pass.FirstTrainable + 1).SelectMany(layer => layer.Preparation)];
        List<Instruction> body = [.. preparation, .. One(pass.ImportGradient)];
        for (int i = last; i >= 0 && i >= pass.FirstTrainable; i--)
            body.AddRange([.. pass.Layers[i].ParameterGradients, .. i > pass.FirstTrainable ? pass.Layers[i].InputGradient : []]);
        OpenStep(w, "Backward", ", int fromLayer", body, scope =>
        {
            foreach (Instruction instruction in preparation)
                Write(w, instruction, scope);
            if (!pass.SamplesAreLanes)
                w.Line("step.Barrier.Meet();");
            if (pass.ImportGradient is { } import)
            {
                using (w.Open($"if (fromLayer == {last})"))
                    Write(w, import, scope);
            }
            for (int i = last; i >= 0 && i >= pass.FirstTrainable; i--)
            {
                LayerPass layer = pass.Layers[i];
                WriteLayer(w, layer, i, [.. layer.ParameterGradients, .. i > pass.FirstTrainable ? layer.InputGradient : []], scope);
            }
        });
    }

    public void WriteInputGradient(SourceWriter w)
    {
        int first = Math.Min(pass.FirstTrainable, pass.Layers.Count - 1);
        List<Instruction> preparation = [.. pass.Layers.Take(first + 1).SelectMany(layer => layer.Preparation)];
        List<Instruction> body = [.. preparation, .. Enumerable.Range(0, first + 1).SelectMany(i => pass.Layers[i].InputGradient)];
        OpenStep(w, "InputGradient", ", int fromLayer", body, scope =>
        {
            foreach (Instruction instruction in preparation)
                Write(w, instruction, scope);
            if (preparation.Count > 0)
                w.Line("step.Barrier.Meet();");
            for (int i = first; i >= 0; i--)
                WriteLayer(w, pass.Layers[i], i, [.. pass.Layers[i].InputGradient], scope);
        });
    }

    public void WriteMaterialize(SourceWriter w)
    {
        List<(int Index, Instruction Instruction)> hidden = [.. pass.Layers.Select((l, i) => (i, l.Unfused)).Where(l => l.Unfused is not null).Select(l => (l.i, l.Unfused!))];
        OpenStep(w, "Materialize", ", int layer", [.. hidden.Select(h => h.Instruction)], scope =>
        {
            foreach ((int index, Instruction instruction) in hidden)
            {
                using (w.Open($"if (layer == {index})"))
                    Write(w, instruction, scope);
            }
        });
    }

    private static IEnumerable<Instruction> One(Instruction? instruction) => instruction is null ? [] : [instruction];

    /// <summary>A layer's backward operations, unless the pass starts below it; what the layer above did already is left out.</summary>
    private void WriteLayer(SourceWriter w, LayerPass layer, int index, List<Instruction> body, Scope scope)
    {
        if (body.Count == 0)
            return;
        string condition = layer.FusedBy < 0 ? $"fromLayer >= {Operands.Text(index)}" : $"fromLayer >= {Operands.Text(index)} && fromLayer < {Operands.Text(layer.FusedBy)}";
        using (w.Open($"if ({condition}) // {layer.Name}"))
        {
            foreach (Instruction instruction in body)
                Write(w, instruction, scope);
        }
    }

    private void OpenStep(SourceWriter w, string name, string parameters, List<Instruction> body, Action<Scope> write)
    {
        w.Line().Line(KernelSet.Attribute);
        using (w.Open($"public static void {name}(in global::NetGen.Engine.StepContext step{parameters})"))
        {
            var scope = new Scope("step.Count", "from", "to", true, pass.SamplesAreLanes ? null : "capacity");
            List<Tensor> tensors = [.. body.SelectMany(i => i.Tensors)];
            if (!pass.SamplesAreLanes && tensors.Count > 0)
            {
                w.Line("nint capacity = step.Capacity;");
                w.Line("step.Share(step.Count, 1, out int from, out int to);");
            }
            WritePlaces(w, tensors, scope);
            write(scope);
        }
    }

    /// <summary>A local reference for each tensor.</summary>
    private void WritePlaces(SourceWriter w, IEnumerable<Tensor> tensors, Scope scope)
    {
        foreach (Tensor tensor in tensors.Distinct())
        {
            (string buffer, Address at) = tensor.Space switch
            {
                Space.Inputs => (scope.IsTraining ? "step.Inputs" : "inputs", Address.Zero),
                Space.Parameters => (scope.IsTraining ? "step.Parameters" : "parameters", Address.Zero.Plus(tensor.Offset)),
                Space.Gradients => ("step.Gradients", Address.Zero.Plus(tensor.Offset)),
                _ => (scope.IsTraining ? "step.Arena" : "arena", Place(tensor, scope)),
            };
            w.Line($"ref float {Local(tensor)} = {at.Ref(buffer)};");
        }
    }

    private Address Place(Tensor tensor, Scope scope)
    {
        (int offset, int perSample) = pass.Memory.Place(tensor);
        Address at = Address.Zero.Plus(offset);
        if (perSample == 0)
            return at;
        return int.TryParse(scope.Capacity, out int capacity) ? at.Plus(checked(perSample * capacity)) : at.Plus(scope.Capacity!, perSample);
    }

    /// <summary>
    /// conv1.weight:gradient becomes conv1WeightGradient: small, as kernels are not. A sign keeps it apart from keywords, an underscore from the method's own names, a
    /// number from a tensor of almost the same name.
    /// </summary>
    private string Local(Tensor tensor)
    {
        if (locals.TryGetValue(tensor, out string? known))
            return known;
        string[] words = tensor.Name.Split(['.', '_', ':'], StringSplitOptions.RemoveEmptyEntries);
        string name = string.Concat(words.Select((word, i) => (i == 0 ? char.ToLowerInvariant(word[0]) : char.ToUpperInvariant(word[0])) + word.Substring(1)));
        name = char.IsDigit(name[0]) ? "_" + name : name;
        bool isTaken = Reserved.Contains(name) || name.StartsWith("first", StringComparison.Ordinal) || name.StartsWith("past", StringComparison.Ordinal);
        string local = isTaken ? name + "_" : Identifier.Escape(name);
        for (var number = 2; locals.ContainsValue(local); number++)
            local = name + "_" + Operands.Text(number);
        locals.Add(tensor, local);
        return local;
    }

    private void Write(SourceWriter w, Instruction instruction, Scope scope)
    {
        if (instruction.Meets && scope.IsTraining && !pass.SamplesAreLanes)
            w.Line("step.Barrier.Meet();");
        if (instruction.WhenTraining is { } training && scope.IsTraining)
        {
            using (w.Open(training ? "if (step.Training)" : "if (!step.Training)"))
                WriteCall(w, instruction, scope);
        }
        else
        {
            WriteCall(w, instruction, scope);
        }
    }

    private void WriteCall(SourceWriter w, Instruction instruction, Scope scope)
    {
        if (instruction.Operation is LayoutChange change)
        {
            WriteChange(w, change, Local(instruction.Tensors[0]), Local(instruction.Tensors[1]), scope);
            return;
        }
        Kernel kernel = level.KernelOf(instruction.Operation);
        List<string> arguments = [.. instruction.Tensors.Select(t => "ref " + Local(t))];
        if (kernel.HasFloor)
            arguments.Add(instruction.IsBeforeReLU ? "float.NegativeInfinity" : "0");
        bool shares = kernel.Work == Work.Pieces && scope.IsTraining;
        switch (kernel.Work)
        {
            case Work.Samples:
                arguments.AddRange([scope.From, scope.To]);
                break;
            case Work.CountedSamples:
                arguments.AddRange([scope.Count, scope.From, scope.To]);
                break;
            case Work.Pieces:
                arguments.AddRange(shares ? [scope.Count, "first", "past"] : [scope.Count, "0", Operands.Text(kernel.Pieces)]);
                break;
        }
        if (kernel.IsRandom)
            arguments.AddRange(["step.Seed", "step.FirstSample"]);
        string call = $"{kernel.Name}({string.Join(", ", arguments)});";
        if (!shares)
        {
            w.Line(call);
            return;
        }
        string number = Operands.Text(shareCount++);
        w.Line($"step.Share({kernel.Pieces}, 1, out int first{number}, out int past{number});");
        w.Line(call.Replace("first, past)", $"first{number}, past{number})"));
    }

    private void WriteChange(SourceWriter w, LayoutChange c, string source, string target, Scope scope)
    {
        switch (c.Change)
        {
            case Change.RowsToLanes:
                w.Line($"{Transforms}.RowsToLanes(ref {source}, {c.Padded}, {scope.Count}, {c.Channels}, ref {target});");
                break;
            case Change.LanesToRows:
                w.Line($"{Transforms}.LanesToRows(ref {source}, {c.Channels}, {c.Padded}, ref {target}, {c.Padded}, {PassBuilder.Block});");
                break;
            case Change.RowsToChannelsLast:
                w.Line($"{Transforms}.RowsToChannelsLast(ref {source}, {(c.SourceStep == 0 ? c.Channels * c.Pixels : c.SourceStep)}, {c.Channels}, {c.Pixels}, {c.Padded}, ref {target}, {scope.From}, {scope.To});");
                break;
            case Change.ChannelsLastToRows:
                w.Line($"{Transforms}.ChannelsLastToRows(ref {source}, {c.Channels}, {c.Pixels}, {c.Padded}, ref {target}, {PassBuilder.Padded(c.Channels * c.Pixels)}, {scope.From}, {scope.To});");
                break;
            default:
                WriteTranspose(w, c, source, target);
                break;
        }
    }

    /// <summary>Weights that the workers transpose in shares: by taps, or by rows of the only one.</summary>
    private void WriteTranspose(SourceWriter w, LayoutChange c, string source, string target)
    {
        if (c.Count > 1)
        {
            int sourceGroup = c.Channels * c.SourceStep, targetGroup = c.Pixels * c.Padded;
            string from = Address.Zero.Plus("tap", sourceGroup).Ref(source), to = Address.Zero.Plus("tap", targetGroup).Ref(target);
            using (w.Open($"for (nint tap = step.Worker; tap < {c.Count}; tap += step.Workers)"))
                w.Line($"{Transforms}.Transpose({from}, {c.Channels}, {c.Pixels}, {c.SourceStep}, {to}, {c.Padded}, {c.Padded});");
            return;
        }
        string number = Operands.Text(shareCount++), first = "first" + number, past = "past" + number;
        w.Line($"step.Share({c.Padded}, {PassBuilder.Block}, out int {first}, out int {past});");
        string rows = c.Channels == c.Padded ? $"{past} - {first}" : $"Math.Min({c.Channels}, {past}) - {first}";
        w.Line($"{Transforms}.Transpose({Address.Zero.Plus("(nint)" + first, c.SourceStep).Ref(source)}, {rows}, {c.Pixels}, {c.SourceStep}, {Address.Zero.Plus(first, 1).Ref(target)}, {past} - {first}, {c.Padded});");
    }
}
