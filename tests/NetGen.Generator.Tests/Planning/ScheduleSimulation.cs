using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Planning;
using Buffer = NetGen.Generator.Cpu.Planning.Buffer;

namespace NetGen.Generator.Tests.Planning;

/// <summary>
/// Runs a plan's steps on a memory that knows of every float whose it is, and who has touched it since the workers last met. It shares nothing
/// with the planner: a value read where another has been written since, or touched by workers who have not met, is a fault.
/// </summary>
internal sealed class ScheduleSimulation
{
    private readonly PassPlan plan;
    private readonly bool isShared;
    private readonly Place[] fixedPart;
    private readonly Place[] samplePart;
    private int epoch;

    private ScheduleSimulation(PassPlan plan)
    {
        this.plan = plan;
        isShared = plan.IsShared;
        fixedPart = [.. Enumerable.Range(0, plan.Memory.FixedFloats).Select(_ => new Place())];
        samplePart = [.. Enumerable.Range(0, plan.Memory.SampleFloats).Select(_ => new Place())];
    }

    /// <summary>What goes wrong in a forward pass, two backward passes after it, the gradient of the input and what is recomputed; empty: nothing.</summary>
    public static List<string> Run(PassPlan plan)
    {
        var simulation = new ScheduleSimulation(plan);
        var faults = new List<string>();
        simulation.Steps(plan.Forward, faults);
        for (var times = 0; times < 2; times++)
        {
            simulation.Meet();
            simulation.Touch(Argument.Read(plan.OutputRows), Cut.Samples, "the caller", faults);
            simulation.Touch(Argument.Write(plan.GradientRows), Cut.Samples, "the caller", faults);
            foreach (OutputPlace output in plan.FurtherOutputs)
            {
                simulation.Touch(Argument.Read(output.Rows), Cut.Samples, "the caller", faults);
                simulation.Touch(Argument.Write(output.GradientRows), Cut.Samples, "the caller", faults);
            }
            simulation.Steps(plan.Backward, faults);
        }
        simulation.Meet();
        simulation.Steps(plan.InputGradient, faults);
        simulation.Meet();
        simulation.Touch(Argument.Read(plan.Input.Gradient), Cut.Pieces, "the caller", faults);
        // A call for each layer that is asked for.
        foreach (IGrouping<int, Step> layer in plan.Recomputed.GroupBy(step => step.Node))
        {
            simulation.Meet();
            simulation.Steps([.. layer], faults);
            simulation.Meet();
            simulation.Touch(Argument.Read(plan.Nodes[layer.Key].Value), Cut.Pieces, "the caller", faults);
        }
        simulation.Meet();
        foreach (NodePlace node in plan.Nodes.Where(node => node.IsStored))
            simulation.Touch(Argument.Read(node.Value), Cut.Pieces, "the caller", faults);
        return faults;
    }

    /// <summary>What goes wrong in an inference pass; empty: nothing.</summary>
    public static List<string> RunInference(PassPlan plan)
    {
        var faults = new List<string>();
        new ScheduleSimulation(plan).Steps(plan.Forward, faults);
        return faults;
    }

    private void Meet() => epoch++;

    private void Steps(EquatableArray<Step> steps, List<string> faults)
    {
        foreach (Step step in steps)
        {
            if (step.Waits)
                Meet();
            foreach (Argument argument in step.Arguments)
                Touch(argument, CutOf(step.Operation.Work), step.Operation.Name, faults);
        }
    }

    /// <summary>Which workers take what of a step: the same samples, the same groups of 16, or anything of all.</summary>
    private static Cut CutOf(Work work) => work is Work.Samples or Work.CountedSamples ? Cut.Samples : work == Work.Group ? Cut.Groups : Cut.Pieces;

    private void Touch(Argument argument, Cut cut, string who, List<string> faults)
    {
        Buffer buffer = argument.Buffer;
        if (buffer.Space != Space.Arena)
            return;
        (int offset, int perSample) = plan.Memory.Place(buffer);
        Place[] part = buffer.IsPerSample ? samplePart : fixedPart;
        for (int i = buffer.IsPerSample ? perSample : offset, end = i + buffer.Floats; i < end; i++)
        {
            Place place = part[i];
            if (argument.Access != Access.Write && place.Owner != buffer.Memory)
            {
                faults.Add($"{who} reads {buffer.Memory} where {place.Owner ?? "nothing"} was written last");
                return;
            }
            bool writes = argument.Access != Access.Read;
            bool mayCollide = isShared && place.Epoch == epoch && (writes || place.WasWritten)
                && !(cut != Cut.Pieces && place.Cut == cut && buffer.IsPerSample && place.ToucherOf == buffer.Memory);
            if (mayCollide)
            {
                faults.Add($"{who} {(writes ? "writes" : "reads")} {buffer.Memory}, which {place.Who} has touched as {place.ToucherOf}, before the workers meet");
                return;
            }
            bool isFirst = place.Epoch != epoch;
            place.Cut = isFirst || place.Cut == cut ? cut : Cut.Pieces;
            place.WasWritten = writes || (!isFirst && place.WasWritten);
            (place.Epoch, place.Who, place.ToucherOf) = (epoch, who, buffer.Memory);
            if (writes)
                place.Owner = buffer.Memory;
        }
    }

    /// <summary>A float: whose value it holds, and who touched it since the workers last met.</summary>
    private sealed class Place
    {
        public string? Owner { get; set; }

        public int Epoch { get; set; } = -1;

        public string Who { get; set; } = "";

        public string ToucherOf { get; set; } = "";

        public Cut Cut { get; set; }

        public bool WasWritten { get; set; }
    }
}
