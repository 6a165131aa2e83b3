using NetGen.Generator.Text;
using Buffer = NetGen.Generator.Cpu.Planning.Buffer;

namespace NetGen.Generator.Cpu;

/// <summary>A local for each buffer of a method: <c>conv1.weight:gradient</c> is conv1WeightGradient, <c>layer1.0.conv1</c> is layer1_0Conv1.</summary>
internal sealed class BufferNames
{
    private static readonly HashSet<string> Reserved =
        ["parameters", "inputs", "outputs", "count", "arena", "step", "fromLayer", "layer", "capacity", "samples", "team", "from", "to", "tap", StepBlocks.Group, StepBlocks.Present];

    private readonly Dictionary<Buffer, string> locals = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>
    /// Small, as kernels are not. A sign keeps it apart from keywords, an underscore from the method's own names, a number from a
    /// buffer of almost the same name.
    /// </summary>
    public string Of(Buffer buffer)
    {
        if (locals.TryGetValue(buffer, out string? known))
            return known;
        string[] words = buffer.Name.Split(['.', '_', ':'], StringSplitOptions.RemoveEmptyEntries);
        string name = string.Concat(words.Select((word, i) => char.IsDigit(word[0]) ? "_" + word : (i == 0 ? char.ToLowerInvariant(word[0]) : char.ToUpperInvariant(word[0])) + word.Substring(1)));
        bool isReserved = Reserved.Contains(name) || name.StartsWith("first", StringComparison.Ordinal) || name.StartsWith("past", StringComparison.Ordinal);
        string local = isReserved ? name + "_" : Identifier.Escape(name);
        for (var number = 2; !taken.Add(local); number++)
            local = name + "_" + Operands.Text(number);
        locals.Add(buffer, local);
        return local;
    }
}
