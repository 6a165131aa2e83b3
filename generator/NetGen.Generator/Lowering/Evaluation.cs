using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Leaves out what only training does, and what only further outputs need; what then is a mere copy becomes the same memory.</summary>
internal static class Evaluation
{
    public static NetworkProgram Of(NetworkProgram program)
    {
        Value[] values = [.. program.Values];
        var kept = new List<Operation>();
        foreach (Operation operation in program.Forward.Where(o => o.When != When.Training))
        {
            if (operation is Map { Function.Kind: FunctionKind.Copy } copy)
                values[copy.Y] = values[copy.Y] with { Alias = copy.X };
            else
                kept.Add(operation with { When = When.Always });
        }
        return ForMainOutput(program with { Values = values.ToEquatableArray(), Forward = kept.ToEquatableArray() });
    }

    /// <summary>Without what only further outputs need.</summary>
    private static NetworkProgram ForMainOutput(NetworkProgram program)
    {
        if (program.FurtherOutputs.Count == 0)
            return program;
        HashSet<int> wanted = [program.Root(program.Output)];
        var kept = new List<Operation>();
        foreach (Operation operation in program.Forward.Reverse().Where(o => o.Writes.Any(id => wanted.Contains(program.Root(id)))))
        {
            kept.Insert(0, operation);
            wanted.UnionWith(operation.Reads.Select(program.Root));
        }
        return program with { Forward = kept.ToEquatableArray(), FurtherOutputs = [] };
    }
}
