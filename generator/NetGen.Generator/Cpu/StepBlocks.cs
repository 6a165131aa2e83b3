using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// What steps stand in, one after the other: where workers meet, the condition under which some run, and the loop in which a worker takes its groups
/// of samples from step to step.
/// </summary>
/// <param name="w">Where to.</param>
/// <param name="team">The workers; null: one does all.</param>
/// <param name="count">Samples.</param>
internal sealed class StepBlocks(SourceWriter w, string? team, string count)
{
    /// <summary>The loop's variable, and the samples of a group that are there.</summary>
    public const string Group = "group", Present = "present";

    private SourceWriter.Block? loop;
    private SourceWriter.Block? block;
    private string open = "";

    /// <summary>Goes to where a step stands.</summary>
    public void Enter(Step step, string condition, string comment)
    {
        bool isByGroups = team is not null && step.Operation.Work == Work.Group;
        bool changesLoop = step.Waits ? loop is not null || isByGroups : isByGroups != (loop is not null);
        if (condition != open || step.Waits || changesLoop)
            LeaveBlock();
        if (changesLoop)
            LeaveLoop();
        // All meet, whether or not there is something to do between: who waits must not depend on what is skipped.
        if (step.Waits)
            w.Line($"{team}.Wait();");
        if (isByGroups && loop is null)
        {
            loop = w.Open($"for (nint {Group} = firstGroup; {Group} < pastGroup; {Group}++)");
            w.Line($"int {Present} = Math.Min({InstructionSet.Block}, {count} - ((int){Group} * {InstructionSet.Block}));");
        }
        if (block is null && condition.Length > 0)
            block = w.Open($"if ({condition}){comment}");
        open = condition;
    }

    /// <summary>Behind the last step.</summary>
    public void Leave()
    {
        LeaveBlock();
        LeaveLoop();
    }

    private void LeaveBlock()
    {
        block?.Dispose();
        block = null;
    }

    private void LeaveLoop()
    {
        loop?.Dispose();
        loop = null;
    }
}
