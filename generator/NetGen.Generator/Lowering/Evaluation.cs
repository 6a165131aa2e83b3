using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Leaves out what only training does; what then is a mere copy becomes the same memory.</summary>
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
        return program with { Values = values.ToEquatableArray(), Forward = kept.ToEquatableArray() };
    }
}
