using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Where workers that share a batch must meet: before a step that touches what another worker may have written since they last met, or writes
/// what another may still read. Steps that are cut by samples alike, or by groups of samples, leave each worker with what it wrote itself.
/// </summary>
internal static class Barriers
{
    /// <param name="steps">One call's steps, in order.</param>
    /// <param name="written">What the caller wrote before the call, each worker its samples or groups.</param>
    public static EquatableArray<Step> Place(EquatableArray<Step> steps, params (Buffer Buffer, Cut Cut)[] written)
    {
        var writers = written.Select(by => (by.Buffer.Memory, by.Cut)).Distinct().ToDictionary(by => by.Memory, by => by.Cut, StringComparer.Ordinal);
        var readers = new Dictionary<string, Cut>(StringComparer.Ordinal);
        return steps.Select(step =>
        {
            Cut cut = CutOf(step.Operation.Work);
            bool waits = step.Arguments.Any(a =>
                Conflicts(writers, a.Buffer, cut) || (a.Access != Access.Read && Conflicts(readers, a.Buffer, cut)));
            if (waits)
            {
                writers.Clear();
                readers.Clear();
            }
            foreach (Argument argument in step.Arguments)
                Note(argument.Access == Access.Read ? readers : writers, argument.Buffer, cut);
            return step with { Waits = waits };
        }).ToEquatableArray();
    }

    /// <summary>How the work of a step is divided among workers that share a batch.</summary>
    public static Cut CutOf(Work work) => work switch
    {
        Work.Samples or Work.CountedSamples => Cut.Samples,
        Work.Group => Cut.Groups,
        _ => Cut.Pieces,
    };

    /// <summary>Whether somebody else may have touched a buffer: only the same cut by samples or groups, on both sides, rules it out.</summary>
    private static bool Conflicts(Dictionary<string, Cut> touched, Buffer buffer, Cut cut) =>
        touched.TryGetValue(buffer.Memory, out Cut before) && !(before == cut && cut != Cut.Pieces && buffer.IsPerSample);

    private static void Note(Dictionary<string, Cut> touched, Buffer buffer, Cut cut) =>
        touched[buffer.Memory] = !touched.TryGetValue(buffer.Memory, out Cut known) || known == cut ? cut : Cut.Pieces;
}

/// <summary>What workers that share a step have of it each.</summary>
internal enum Cut
{
    /// <summary>Some of its samples.</summary>
    Samples,

    /// <summary>Some of its groups of 16 samples, all steps of one before the next.</summary>
    Groups,

    /// <summary>Something else, of all samples.</summary>
    Pieces,
}
