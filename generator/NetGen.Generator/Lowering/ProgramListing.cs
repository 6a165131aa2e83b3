using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>A program as text, an operation a line: <c>conv1  convolution  relu1 ← network:input, conv1.weight, conv1.bias; at least 0</c>.</summary>
internal static class ProgramListing
{
    /// <summary>Names of blocks' layers may be longer.</summary>
    private const int UsualName = 12;

    public static IEnumerable<string> Write(NetworkProgram program)
    {
        (string Title, IReadOnlyList<Operation> Operations)[] parts =
        [
            ("when parameters have changed", program.Prepare), ("forward", program.Forward), ("backward", program.Backward), ("gradient of the input", program.InputGradient), ("recomputed when asked for", program.Recomputed),
        ];
        int width = Math.Max(UsualName, program.Nodes.Select(node => node.Name.Length).DefaultIfEmpty().Max());
        foreach ((string title, IReadOnlyList<Operation> operations) in parts.Where(part => part.Operations.Count > 0))
        {
            yield return title;
            foreach (Operation operation in operations)
                yield return "  " + Line(program, operation, width);
        }
        foreach (Value view in program.Values.Where(v => v.Alias >= 0))
            yield return $"{view.Name} is {program.Values[program.Root(view.Id)].Name}{(view.Shape == program.Values[view.Alias].Shape ? "" : " as " + view.Shape)}";
    }

    private static string Line(NetworkProgram program, Operation operation, int width)
    {
        string Names(IEnumerable<int> ids) => string.Join(", ", ids.Select(id => program.Values[id].Name));
        string epilogue = operation is Contraction { Epilogue.Count: > 0 } c ? "; " + string.Join(", ", c.Epilogue.Select(step => Words(program, step))) : "";
        string when = operation.When == When.Always ? "" : $" [{operation.When.ToString().ToLowerInvariant()}]";
        string absorbed = operation.Unless.Count == 0 ? "" : $" [{(operation is Clear ? "only past" : "only from here:")} {string.Join(", ", operation.Unless.Select(program.NameOf))}{(operation is Clear ? "" : " does it on its way")}]";
        return $"{program.Nodes[operation.Node].Name.PadRight(width)} {operation.Label,-28} {Names(operation.Writes)} ← {Names(operation.Reads)}{epilogue}{when}{absorbed}";
    }

    private static string Words(NetworkProgram program, EpilogueStep step) => step.Kind switch
    {
        EpilogueKind.AtLeastZero => "at least 0",
        EpilogueKind.Unbounded => "as it is",
        EpilogueKind.Sum => $"plus {program.Values[step.Stored].Name}",
        _ => $"times {step.Function}'s derivative",
    };
}
