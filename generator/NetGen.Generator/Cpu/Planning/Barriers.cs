using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Where workers that share a batch must meet: before a step that touches what another worker may have written since they last met, or writes
/// what another may still read. Steps that are cut by samples alike leave each worker with what it wrote itself.
/// </summary>
internal static class Barriers
{
    /// <param name="steps">One call's steps, in order.</param>
    /// <param name="written">What the caller wrote before the call, each worker its samples.</param>
    public static EquatableArray<Step> Place(EquatableArray<Step> steps, params Buffer[] written)
    {
        var writers = written.Distinct().ToDictionary(buffer => buffer, _ => true);
        var readers = new Dictionary<Buffer, bool>();
        return steps.Select(step =>
        {
            bool bySamples = step.Operation.Work is Work.Samples or Work.CountedSamples;
            bool waits = step.Arguments.Any(a =>
                Conflicts(writers, a.Buffer, bySamples) || (a.Access != Access.Read && Conflicts(readers, a.Buffer, bySamples)));
            if (waits)
            {
                writers.Clear();
                readers.Clear();
            }
            foreach (Argument argument in step.Arguments)
                Note(argument.Access == Access.Read ? readers : writers, argument.Buffer, bySamples);
            return step with { Waits = waits };
        }).ToEquatableArray();
    }

    /// <summary>Whether somebody else may have touched a buffer: only cuts by samples, on both sides, rule it out.</summary>
    private static bool Conflicts(Dictionary<Buffer, bool> touched, Buffer buffer, bool bySamples) =>
        touched.TryGetValue(buffer, out bool wasBySamples) && !(wasBySamples && bySamples && buffer.IsPerSample);

    private static void Note(Dictionary<Buffer, bool> touched, Buffer buffer, bool bySamples) =>
        touched[buffer] = bySamples && (!touched.TryGetValue(buffer, out bool known) || known);
}
