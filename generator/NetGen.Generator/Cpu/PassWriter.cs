using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;
using Buffer = NetGen.Generator.Cpu.Planning.Buffer;

namespace NetGen.Generator.Cpu;

/// <summary>Writes the steps of a pass as calls of kernels on named places, in methods that the JIT still optimises.</summary>
internal sealed class PassWriter(PassPlan pass, KernelTable kernels)
{
    /// <summary>Calls in one method: a place and a call take some 150 bytes of IL, and from 60,000 on the JIT gives up.</summary>
    private const int MaxSteps = 96;

    /// <summary>The type of what predictions are told of their workers.</summary>
    public const string Team = "global::NetGen.Engine.Team";

    /// <summary>The passes' own function for a float further on: the compiler picks <c>Unsafe.Add</c> among its overloads at every call anew.</summary>
    public const string At = "At";

    private const string Transforms = "global::NetGen.Engine.LayoutTransform", Shuffling = "global::NetGen.Engine.PixelShuffling";

    private int shares;
    private BackwardStarts? starts;

    /// <summary>Inference of at most <paramref name="capacity"/> samples, by a team where there is something to share.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="name">The method.</param>
    /// <param name="capacity">Samples.</param>
    /// <param name="shared">Floats that all workers share; behind them each has its own.</param>
    public void WritePredict(SourceWriter w, string name, int capacity, int shared)
    {
        bool isShared = pass.IsShared;
        string scratch = Address.Zero.Plus(shared).Plus("team.Worker", kernels.WorkerScratch).Ref(At, "arena");
        var scope = new Scope(
            "count", isShared ? "from" : "0", isShared ? "to" : "count", "arena", IsTraining: false, Operands.Text(capacity), scratch, isShared ? "team" : null);
        (string team, string given) = isShared ? ($", in {Team} team", ", in team") : ("", "");
        WriteParts(
            w, name, "private", $"ref float parameters, ref float inputs, ref float outputs, int count, ref float arena{team}",
            $"ref parameters, ref inputs, ref outputs, count, ref arena{given}", pass.Forward, scope, null);
    }

    public void WriteForward(SourceWriter w) => WriteStep(w, "Forward", "", "", pass.Forward, null);

    public void WriteBackward(SourceWriter w) => WriteStep(w, "Backward", ", int fromLayer", ", fromLayer", pass.Backward, ComesBy);

    public void WriteInputGradient(SourceWriter w) => WriteStep(w, "InputGradient", ", int fromLayer", ", fromLayer", pass.InputGradient, ComesBy);

    public void WriteMaterialize(SourceWriter w) =>
        WriteStep(w, "Materialize", ", int layer", ", layer", pass.Recomputed, step => $"layer == {Operands.Text(step.Node)}");

    /// <summary>Whether a backward pass that starts at a layer comes by a step.</summary>
    private string ComesBy(Step step)
    {
        starts ??= BackwardStarts.Of(pass.Nodes.Select(node => node.Inputs), pass.FurtherOutputs.Select(output => output.Node).ToEquatableArray());
        return LayerCondition.Of("fromLayer", starts.Of(step.Node, step.Unless));
    }

    private void WriteStep(SourceWriter w, string name, string parameters, string arguments, IReadOnlyList<Step> steps, Func<Step, string>? guard)
    {
        var scope = new Scope("step.Count", "from", "to", "step.Arena", IsTraining: true, "capacity", "ref step.Scratch", pass.IsShared ? "step.Team" : null);
        WriteParts(w, name, "public", "in global::NetGen.Engine.StepContext step" + parameters, "in step" + arguments, steps, scope, guard);
    }

    private void WriteParts(
        SourceWriter w, string name, string access, string parameters, string arguments, IReadOnlyList<Step> steps, Scope scope, Func<Step, string>? guard)
    {
        int parts = (steps.Count + MaxSteps - 1) / MaxSteps;
        if (parts <= 1)
        {
            WriteMethod(w, $"{access} static void {name}({parameters})", steps, scope, guard);
            return;
        }
        w.Line().Line(KernelSet.Attribute);
        using (w.Open($"{access} static void {name}({parameters})"))
        {
            for (var part = 1; part <= parts; part++)
                w.Line($"{name}Part{part}({arguments});");
        }
        for (var part = 1; part <= parts; part++)
            WriteMethod(w, $"private static void {name}Part{Operands.Text(part)}({parameters})", [.. steps.Skip((part - 1) * MaxSteps).Take(MaxSteps)], scope, guard);
    }

    private void WriteMethod(SourceWriter w, string header, IReadOnlyList<Step> steps, Scope scope, Func<Step, string>? guard)
    {
        shares = 0;
        var names = new BufferNames();
        w.Line().Line(KernelSet.Attribute);
        using (w.Open(header))
        {
            bool countsSamples = steps.Any(step => step.Operation.HasKernel && step.Operation.Work == Work.Pieces && kernels.KernelOf(step.Operation).CountsSamples);
            if (scope.Team is not null && steps.Count > 0)
            {
                if (scope.IsTraining)
                    w.Line("nint capacity = step.Capacity;");
                w.Line($"{scope.Team}.Share({scope.Count}, 1, out int from, out int to);");
                if (countsSamples)
                    w.Line($"int samples = {scope.Count};");
                if (steps.Any(step => IsByGroups(step, scope)))
                    w.Line($"{scope.Team}.Share(({scope.Count} + {InstructionSet.Block - 1}) / {InstructionSet.Block}, 1, out int firstGroup, out int pastGroup);");
            }
            else if (countsSamples)
            {
                w.Line($"int samples = {scope.Count};");
            }
            foreach (Buffer buffer in steps.SelectMany(step => step.Arguments).Select(a => a.Buffer).Distinct())
                w.Line($"ref float {names.Of(buffer)} = {Place(buffer, scope)};");
            var blocks = new StepBlocks(w, scope.Team, scope.Count);
            foreach (Step step in steps)
            {
                string condition = string.Join(" && ", new[] { guard?.Invoke(step), scope.IsTraining ? Mode(step.When) : null }.Where(c => c is not null));
                blocks.Enter(step, condition, Comment(step, guard));
                WriteCall(w, step, IsByGroups(step, scope) ? scope.OfGroup() : scope, names);
            }
            blocks.Leave();
        }
    }

    /// <summary>Whether workers that share a batch take it group by group in a step.</summary>
    private static bool IsByGroups(Step step, Scope scope) => scope.Team is not null && step.Operation.Work == Work.Group;

    private string Comment(Step step, Func<Step, string>? guard) => guard is null ? "" : " // " + (step.Node < pass.Nodes.Count ? pass.Nodes[step.Node].Name : "all outputs");

    private static string? Mode(When when) => when switch
    {
        When.Training => "step.Training",
        When.Evaluation => "!step.Training",
        _ => null,
    };

    private string Place(Buffer buffer, Scope scope)
    {
        string step = scope.IsTraining ? "step." : "";
        return buffer.Space switch
        {
            Space.Inputs => "ref " + step + (scope.IsTraining ? "Inputs" : "inputs"),
            Space.Outputs => "ref outputs",
            Space.Parameters => Address.Zero.Plus(buffer.Offset).Ref(At, step + (scope.IsTraining ? "Parameters" : "parameters")),
            Space.Gradients => Address.Zero.Plus(buffer.Offset).Ref(At, "step.Gradients"),
            _ => InArena(buffer, scope).Ref(At, scope.Arena),
        };
    }

    private Address InArena(Buffer buffer, Scope scope)
    {
        (int offset, int perSample) = pass.Memory.Place(buffer);
        Address at = Address.Zero.Plus(offset);
        return perSample == 0 ? at
            : int.TryParse(scope.Capacity, out int capacity) ? at.Plus(checked(perSample * capacity))
            : at.Plus(scope.Capacity, perSample);
    }

    private void WriteCall(SourceWriter w, Step step, Scope scope, BufferNames names)
    {
        string Ref(int argument, int offset = 0) => scope.At(step.Arguments[argument].Buffer).Plus(offset).Ref(At, names.Of(step.Arguments[argument].Buffer));
        string[] buffers = [.. step.Arguments.Select((_, i) => Ref(i))];
        string from, to;
        switch (step.Operation)
        {
            case LayoutChange change:
                WriteChange(w, step, change, buffers[0], buffers[1], names, scope);
                return;
            case RowsToPixels r:
                w.Line($"{Transforms}.RowsToPixels({buffers[0]}, {r.RowStep}, {Text(r.Shape)}, {buffers[1]}, {r.Padded}, {Text(r.Steps)}, {scope.From}, {scope.To});");
                return;
            case PixelsToRows p:
                w.Line($"{Transforms}.PixelsToRows({buffers[0]}, {Text(p.Steps)}, {Text(p.Shape)}, {buffers[1]}, {p.RowStep}, {scope.From}, {scope.To});");
                return;
            case LanesToPixels l:
                w.Line($"{Transforms}.LanesToPixels({buffers[0]}, {Text(l.Shape)}, {buffers[1]}, {l.Padded}, {Text(l.Steps)}, {scope.Count});");
                return;
            case PixelsToLanes p:
                w.Line($"{Transforms}.PixelsToLanes({buffers[0]}, {Text(p.Steps)}, {Text(p.Shape)}, {buffers[1]}, {scope.Count});");
                return;
            case GroupSum g:
                (from, to) = Share(w, scope, Operands.Text(g.Floats), InstructionSet.Block);
                w.Line($"{Transforms}.SumGroups({buffers[0]}, {Operands.Text(g.Step)}, ({scope.Count} + {InstructionSet.Block - 1}) / {InstructionSet.Block}, {buffers[1]}, {from}, {to});");
                return;
            case SharedSum s:
                (from, to) = Share(w, scope, Operands.Text(s.Floats), InstructionSet.Block);
                w.Line($"{Transforms}.Add({buffers[0]}, {buffers[1]}, {from}, {to});");
                return;
            case MeanOfBatches m:
                (from, to) = Share(w, scope, Operands.Text(m.Floats), InstructionSet.Block);
                w.Line($"{Transforms}.MoveMean({buffers[0]}, {buffers[1]}, step.BatchNumber({m.Counter}), {from}, {to});");
                return;
            case SharedZeros z:
                (from, to) = Share(w, scope, Operands.Text(z.Floats), InstructionSet.Block);
                w.Line($"{Transforms}.Clear({Address.Zero.Plus("(nint)" + from, 1).Ref(At, names.Of(step.Arguments[0].Buffer))}, {to} - {from});");
                return;
            case Constant c:
                (from, to) = Share(w, scope, Operands.Text(c.Floats), InstructionSet.Block);
                w.Line($"{Transforms}.Fill({buffers[0]}, {Literal.Of((float)c.Number)}, {from}, {to});");
                return;
            case ChannelCopy c:
                w.Line($"{Transforms}.CopyChannels({Ref(0, c.First)}, {Text(c.X)}, {Ref(1, c.Target)}, {Text(c.Y)}, {Text(c.Shape)}, {c.Zeros}, {scope.From}, {scope.To});");
                return;
            case ChannelZeros z:
                w.Line($"{Transforms}.ClearChannels({buffers[0]}, {Text(z.Steps)}, {Text(z.Shape)}, {scope.From}, {scope.To});");
                return;
            case ChannelShuffle c:
                w.Line($"{Shuffling}.{(c.IsInverse ? "Unshuffle" : "Shuffle")}({buffers[0]}, {Text(c.X)}, {buffers[1]}, {Text(c.Y)}, {Text(c.Shape)}, {c.Factor}, {c.Padded}, {scope.From}, {scope.To});");
                return;
            case SliceUnfolding or VolumeResampling or VolumePool:
                w.Line(VolumeCalls.Text(step.Operation, buffers, $"{scope.From}, {scope.To}"));
                return;
            case InnerNormalization n:
                string range = $"{scope.From}, {scope.To}";
                if (n.Work == Work.Pieces)
                {
                    (from, to) = Share(w, scope, Operands.Text(n.Places), 1);
                    range = $"{scope.Count}, {from}, {to}";
                }
                w.Line(InnerNormalizationCalls.Text(n, buffers, range));
                return;
            case GroupSpread g:
                WriteSpread(w, g, names.Of(step.Arguments[0].Buffer), names.Of(step.Arguments[1].Buffer), scope);
                return;
            case FloatCopy c:
                w.Line($"{Transforms}.Copy({Ref(0, c.First)}, {Ref(1, c.Target)}, {c.Floats});");
                return;
            case Zeros { IsPerSample: false } zeros:
                w.Line($"{Transforms}.Clear({Ref(0, -zeros.Start)}, {Operands.Text(zeros.Floats)});");
                return;
            case Zeros zeros:
                WriteZeros(w, zeros, names.Of(step.Arguments[0].Buffer), scope);
                return;
            case Poison poison:
                WritePoison(w, poison, names.Of(step.Arguments[0].Buffer), scope);
                return;
        }
        Kernel kernel = kernels.KernelOf(step.Operation);
        (string first, string past) = ("0", kernel.Pieces);
        if (step.Operation.Work == Work.Pieces && scope.Team is not null)
            (first, past) = Share(w, scope, kernel.Pieces, 1);
        string[] samples = step.Operation.Work switch
        {
            Work.Samples => [scope.From, scope.To],
            Work.CountedSamples => [scope.Count, scope.From, scope.To],
            Work.Pieces => [kernel.CountsSamples ? "samples" : scope.Count, first, past],
            _ => [],
        };
        string[] floor = kernel.HasFloor ? [step.IsBeforeReLU ? "float.NegativeInfinity" : "0"] : [];
        string[] random = kernel.IsRandom ? ["step.Seed", scope.FirstSample] : [];
        string[] numbers = kernel.Numbers is { } given ? [given] : [];
        string[] scratch = kernel.HasScratch ? [scope.Scratch] : [];
        w.Line($"{kernel.Name}({string.Join(", ", [.. buffers, .. numbers, .. floor, .. scratch, .. samples, .. random])});");
    }

    private static void WriteSpread(SourceWriter w, GroupSpread g, string source, string target, Scope scope)
    {
        string groups = $"{Operands.Text(g.Groups.Count)}, {Operands.Text(g.Groups.In)}, {Operands.Text(g.Groups.Out)}, {Operands.Text(g.Height)}, {Operands.Text(g.Width)}";
        string range = $"{scope.From}, {scope.To}";
        w.Line(g.Gathers
            ? $"{Transforms}.GatherGroups(ref {source}, {Text(g.Spread)}, ref {target}, {Text(g.X)}, {groups}, {(g.Adds ? "true" : "false")}, {range});"
            : $"{Transforms}.SpreadGroups({Address.Zero.Plus(-g.FirstX).Ref(At, source)}, {Text(g.X)}, {Address.Zero.Plus(-g.FirstSpread).Ref(At, target)}, {Text(g.Spread)}, {groups}, {range});");
    }

    private static string Text(PixelShape shape) => $"{Operands.Text(shape.Channels)}, {Operands.Text(shape.Height)}, {Operands.Text(shape.Width)}";

    internal static string Text(PixelSteps steps) => $"{Operands.Text(steps.Pixel)}, {Operands.Text(steps.Row)}, {Operands.Text(steps.Sample)}";

    /// <summary>This worker's share of some pieces, in two locals; all of them where there is no other worker.</summary>
    private (string First, string Past) Share(SourceWriter w, Scope scope, string pieces, int grain)
    {
        if (scope.Team is null)
            return ("0", pieces);
        string number = Operands.Text(shares++);
        w.Line($"{scope.Team}.Share({pieces}, {Operands.Text(grain)}, out int first{number}, out int past{number});");
        return ("first" + number, "past" + number);
    }

    private void WriteChange(SourceWriter w, Step step, LayoutChange c, string source, string target, BufferNames names, Scope scope)
    {
        switch (c.Change)
        {
            case Change.RowsToLanes:
                w.Line($"{Transforms}.RowsToLanes({source}, {c.Padded}, {scope.Count}, {c.Channels}, {target});");
                break;
            case Change.LanesToRows:
                string rows = step.Arguments[1].Buffer.Space == Space.Outputs ? scope.Count : Operands.Text(InstructionSet.Block);
                w.Line($"{Transforms}.LanesToRows({source}, {c.Channels}, {c.Padded}, {target}, {c.Padded}, {rows});");
                break;
            default:
                WriteTranspose(w, scope, c, names.Of(step.Arguments[0].Buffer), names.Of(step.Arguments[1].Buffer));
                break;
        }
    }

    /// <summary>Weights that the workers transpose in shares: by taps, or by rows of the only one.</summary>
    private void WriteTranspose(SourceWriter w, Scope scope, LayoutChange c, string source, string target)
    {
        if (c.Count > 1)
        {
            int sourceGroup = c.Channels * c.SourceStep, targetGroup = c.Pixels * c.Padded;
            string from = Address.Zero.Plus("tap", sourceGroup).Ref(At, source), to = Address.Zero.Plus("tap", targetGroup).Ref(At, target);
            string loop = scope.Team is { } team ? $"nint tap = {team}.Worker; tap < {Operands.Text(c.Count)}; tap += {team}.Workers" : $"nint tap = 0; tap < {Operands.Text(c.Count)}; tap++";
            using (w.Open($"for ({loop})"))
                w.Line($"{Transforms}.Transpose({from}, {c.Channels}, {c.Pixels}, {c.SourceStep}, {to}, {c.Padded}, {c.Padded});");
            return;
        }
        if (scope.Team is null)
        {
            w.Line($"{Transforms}.Transpose(ref {source}, {c.Channels}, {c.Pixels}, {c.SourceStep}, ref {target}, {c.Padded}, {c.Padded});");
            return;
        }
        (string first, string past) = Share(w, scope, Operands.Text(c.Padded), InstructionSet.Block);
        string rows = c.Channels == c.Padded ? $"{past} - {first}" : $"Math.Min({c.Channels}, {past}) - {first}";
        w.Line($"{Transforms}.Transpose({Address.Zero.Plus("(nint)" + first, c.SourceStep).Ref(At, source)}, {rows}, {c.Pixels}, {c.SourceStep}, {Address.Zero.Plus(first, 1).Ref(At, target)}, {past} - {first}, {c.Padded});");
    }

    private static void WriteZeros(SourceWriter w, Zeros zeros, string buffer, Scope scope)
    {
        string samples = $"({scope.To} - {scope.From}) * (nint){Operands.Text(zeros.Floats)}";
        w.Line($"{Transforms}.Clear({Address.Zero.Plus("(nint)" + scope.From, zeros.Floats).Plus(-zeros.Start).Ref(At, buffer)}, {samples});");
    }

    /// <summary>One worker does all of it.</summary>
    private void WritePoison(SourceWriter w, Poison poison, string buffer, Scope scope)
    {
        string isFirst = scope.Team is null ? "" : $"if ({scope.Team}.Worker == 0) ";
        string floats = Operands.Text(poison.Floats) + (poison.IsPerSample ? $" * (int){scope.Capacity}" : "");
        w.Line($"{isFirst}global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({Address.Zero.Plus(-poison.Start).Ref(At, buffer)}, {floats}).Fill(float.NaN);");
    }

    /// <summary>What calls have at hand besides their buffers.</summary>
    /// <param name="Count">Samples.</param>
    /// <param name="From">The worker's first sample.</param>
    /// <param name="To">Past its last.</param>
    /// <param name="Arena">Memory.</param>
    /// <param name="IsTraining">Buffers belong to the step.</param>
    /// <param name="Capacity">Samples that memory is for.</param>
    /// <param name="Scratch">The worker's own memory, as an argument.</param>
    /// <param name="Team">The workers that share each step; null: one worker does all.</param>
    private sealed record Scope(string Count, string From, string To, string Arena, bool IsTraining, string Capacity, string Scratch, string? Team)
    {
        private bool isOfGroup;

        /// <summary>The number of the first sample, for random masks.</summary>
        public string FirstSample => isOfGroup ? $"step.FirstSample + ((int){StepBlocks.Group} * {InstructionSet.Block})" : "step.FirstSample";

        /// <summary>The same for one of the groups of 16 that a batch is taken in.</summary>
        public Scope OfGroup() => this with { Count = StepBlocks.Present, isOfGroup = true };

        /// <summary>Where a buffer's values begin for these calls, from its own beginning on.</summary>
        public Address At(Buffer buffer) =>
            isOfGroup && buffer.IsPerSample ? Address.Zero.Plus(StepBlocks.Group, checked(InstructionSet.Block * buffer.Floats)) : Address.Zero;
    }
}
