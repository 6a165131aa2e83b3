using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>A network's schedule as text, a step a line: which kernel, on which memory, and where workers meet.</summary>
internal static class PlanListing
{
    public static IEnumerable<string> Write(NetworkPlan plan)
    {
        (string Title, PassPlan? Pass)[] passes =
        [
            ("training", plan.Training), ($"inference of up to {plan.PredictChunk} samples", plan.PredictSamples), ("inference of groups of 16", plan.PredictGroups),
        ];
        foreach ((string title, PassPlan? pass) in passes)
        {
            if (pass is null)
                continue;
            string layout = pass.Layouts.AreLanes ? "16 samples side by side"
                : pass.Layouts.LastLayer is >= 0 and var last ? $"16 samples side by side up to {plan.Graph.Layers[last].Name}, then channels last"
                : "channels last";
            yield return $"{title}: {layout}; memory {Number(pass.Memory.FixedFloats)} floats and {Number(pass.Memory.SampleFloats)} for each sample";
            foreach (string line in Write(pass))
                yield return "  " + line;
        }
    }

    public static IEnumerable<string> Write(PassPlan pass)
    {
        (string Title, IReadOnlyList<Step> Steps)[] parts =
            [("forward", pass.Forward), ("backward", pass.Backward), ("gradient of the input", pass.InputGradient), ("recomputed when asked for", pass.Recomputed)];
        foreach ((string title, IReadOnlyList<Step> steps) in parts.Where(part => part.Steps.Count > 0))
        {
            yield return title;
            foreach (Step step in steps)
                yield return "  " + Line(pass, step);
        }
    }

    private static string Line(PassPlan pass, Step step)
    {
        string cut = step.Operation.Work switch
        {
            Work.Group => "group",
            Work.Pieces => "pieces",
            _ => "samples",
        };
        string when = step.When == When.Always ? "" : $" [{step.When.ToString().ToLowerInvariant()}]";
        return $"{(step.Waits ? "wait" : ""),-5}{step.Operation.Name,-40} {cut,-8} {string.Join(", ", step.Arguments.Select(a => Text(pass, a)))}{when}";
    }

    /// <summary><c>conv1@1024</c> is read, <c>conv1@1024!</c> written; a plus stands for what is multiplied by the number of samples.</summary>
    private static string Text(PassPlan pass, Argument argument)
    {
        string place = "";
        if (argument.Buffer.Space == Space.Arena)
        {
            (int offset, int perSample) = pass.Memory.Place(argument.Buffer);
            place = argument.Buffer.IsPerSample ? $"@{Number(offset)}+{Number(perSample)}n" : $"@{Number(offset)}";
        }
        return argument.Buffer.Name + place + (argument.Access == Access.Read ? "" : "!");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
