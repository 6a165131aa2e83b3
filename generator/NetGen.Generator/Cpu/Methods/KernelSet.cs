using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>The kernels of one class at one level of instructions. Equal bodies are one method, whichever layers call it.</summary>
internal sealed class KernelSet
{
    /// <summary>Keeps the JIT from starting with unoptimised code: a kernel's first call is as fast as its last.</summary>
    public const string Attribute = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    private const string Placeholder = "«name»";
    private readonly Dictionary<string, string> nameOfBody = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<string> methods = [];

    /// <summary>The methods, each after those that it calls.</summary>
    public IReadOnlyList<string> Methods => methods;

    /// <summary>
    /// Adds a method unless there is one with the same body, and returns the name to call. The wanted name gets a number if
    /// another body has it already.
    /// </summary>
    /// <param name="wanted">The name a reader would expect.</param>
    /// <param name="summary">The comment over the method; the first caller's stays.</param>
    /// <param name="write">The method for a given name.</param>
    public string Add(string wanted, string summary, Func<string, string> write)
    {
        string body = write(Placeholder);
        if (nameOfBody.TryGetValue(body, out string? known))
            return known;
        string name = wanted;
        for (var number = 2; !names.Add(name); number++)
            name = $"{wanted}_{Literal.Of(number)}";
        nameOfBody.Add(body, name);
        methods.Add($"// {summary}\n{Attribute}\n{body.Replace(Placeholder, name)}");
        return name;
    }
}
