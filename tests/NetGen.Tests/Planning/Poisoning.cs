using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Operations;
using Buffer = NetGen.Generator.Cpu.Planning.Buffer;

namespace NetGen.Tests.Planning;

/// <summary>
/// A plan that makes each buffer's memory not-a-number before its first write and after its last use, as the memory plan has them: who reads what is not
/// written yet or not needed any more, or writes over what another still needs, makes results that are no numbers.
/// </summary>
/// <remarks>
/// <para>A buffer is poisoned whole, padding and rows beyond the last sample included: who writes it first writes all of it that anyone reads
/// (<see cref="Access.Write"/>), so no kernel may count on zeros in padding that were there when the memory was made. What comes from the caller or is changed in place has no first write here, and is poisoned after its last use only.</para>
/// <para>Where workers share a batch, one of them poisons while the others wait, between two meetings. Meetings are added only where there is one
/// already, and where a call begins and ends: steps that ran without one between them still do, so what they do to each other is not hidden.</para>
/// <para>On the way back a poisoning runs where the step runs that begins or ends the life: a pass that starts below it may have the caller's gradient there.</para>
/// </remarks>
internal sealed class Poisoning
{
    private readonly PassPlan plan;
    private readonly bool isShared;
    private readonly ILookup<int, Buffer> starts;
    private readonly ILookup<int, Buffer> ends;
    private int now;

    private Poisoning(PassPlan plan)
    {
        this.plan = plan;
        isShared = plan.IsShared;
        starts = plan.Memory.Lives.Values.ToLookup(life => life.First, life => life.Buffer);
        ends = plan.Memory.Lives.Values.ToLookup(life => life.Last, life => life.Buffer);
    }

    /// <summary>The network with all of its passes poisoned.</summary>
    public static NetworkPlan Of(NetworkPlan plan) => plan with
    {
        Training = Of(plan.Training),
        PredictSamples = Of(plan.PredictSamples),
        PredictGroups = plan.PredictGroups is { } group ? Of(group) : null,
    };

    /// <summary>The pass, poisoned.</summary>
    public static PassPlan Of(PassPlan plan) => new Poisoning(plan).Insert();

    private PassPlan Insert()
    {
        // In the order of the memory plan's moments, the caller's between forward and backward among them.
        EquatableArray<Step> forward = Insert(plan.Forward, endsAreKept: false);
        now++;
        EquatableArray<Step> whole = [.. forward, .. Poisons(starts[now], node: 0, waits: isShared)];
        return plan with
        {
            Forward = plan.Nodes.Count > 0 ? whole : forward,
            Backward = Insert(plan.Backward, endsAreKept: false),
            InputGradient = Insert(plan.InputGradient, endsAreKept: false),
            // What is recomputed is for the caller to read, and is asked for in any order.
            Recomputed = Insert(plan.Recomputed, endsAreKept: true),
        };
    }

    private EquatableArray<Step> Insert(EquatableArray<Step> steps, bool endsAreKept)
    {
        bool[] isNew = [.. PassPlanner.Moments(steps, isShared).Select(moment => moment.IsNew)];
        var result = new List<Step>();
        List<Step> over = [];
        for (int first = 0, past; first < steps.Count; first = past)
        {
            for (past = first + 1; past < steps.Count && !isNew[past];)
                past++;
            now++;
            Step[] interval = [.. steps.Skip(first).Take(past - first)];
            Step[] poisons = [.. over, .. starts[now].SelectMany(buffer => BeforeFirstWrite(buffer, interval))];
            if (isShared && poisons.Length > 0)
            {
                poisons[0] = poisons[0] with { Waits = interval[0].Waits };
                interval[0] = interval[0] with { Waits = true };
            }
            result.AddRange([.. poisons, .. interval]);
            over = endsAreKept ? [] : [.. ends[now].SelectMany(buffer => Poisons([buffer], Touching(buffer, interval).Last().Node, waits: false))];
        }
        if (isShared && over.Count > 0)
            over[0] = over[0] with { Waits = true };
        return [.. result, .. over];
    }

    private static IEnumerable<Step> BeforeFirstWrite(Buffer buffer, Step[] interval)
    {
        // The input's gradient is kept, though nothing may ever write it.
        return Touching(buffer, interval).FirstOrDefault() is { } first && first.Arguments.Where(argument => argument.Buffer.Memory == buffer.Memory).All(argument => argument.Access == Access.Write) ? Poisons([buffer], first.Node, waits: false) : [];
    }

    private static IEnumerable<Step> Touching(Buffer buffer, Step[] interval) => interval.Where(step => step.Arguments.Any(argument => argument.Buffer.Memory == buffer.Memory));

    private static IEnumerable<Step> Poisons(IEnumerable<Buffer> buffers, int node, bool waits) => buffers.Select((buffer, i) =>
        new Step(new Poison(buffer.Floats, buffer.IsPerSample, buffer.Start), [Argument.Write(buffer)], node) { Waits = waits && i == 0 });
}
