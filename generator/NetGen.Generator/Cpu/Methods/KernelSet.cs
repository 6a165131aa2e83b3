using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>The kernels of one class at one level of instructions. Equal ones are one method, whichever layers call it.</summary>
internal sealed class KernelSet
{
    /// <summary>Keeps the JIT from starting with unoptimised code: a kernel's first call is as fast as its last.</summary>
    public const string Attribute = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    private readonly Dictionary<(string Parameters, string Body), string> known = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> lastNumbers = new(StringComparer.Ordinal);
    private readonly List<Method> methods = [];
    private readonly HashSet<KernelFunction> functions = [];

    /// <summary>The functions that the kernels call, and those that these call.</summary>
    public IEnumerable<KernelFunction> Functions => KernelFunctions.WithNeeds(functions);

    /// <summary>
    /// Adds a method unless there is one with the same parameters and body, and returns the name to call. The wanted name gets a number if
    /// another method has it already.
    /// </summary>
    /// <param name="wanted">The name a reader would expect.</param>
    /// <param name="summary">The comment over the method; the first caller's stays.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="writeBody">Writes its statements; what it adds to the set stands before it.</param>
    /// <param name="calls">The functions that its statements call.</param>
    public string Add(string wanted, string summary, IReadOnlyList<Parameter> parameters, Action<SourceWriter> writeBody, params IEnumerable<KernelFunction> calls)
    {
        var body = new SourceWriter();
        writeBody(body);
        (string Parameters, string Body) key = (Parameter.Declare(parameters), body.ToString());
        if (known.TryGetValue(key, out string? name))
            return name;
        name = wanted;
        // Numbers up to the last one given are taken.
        int number = lastNumbers.TryGetValue(wanted, out int last) ? last : 1;
        while (!names.Add(name))
            name = $"{wanted}_{Literal.Of(++number)}";
        lastNumbers[wanted] = number;
        known.Add(key, name);
        methods.Add(new(name, summary, parameters, key.Body));
        functions.UnionWith(calls);
        return name;
    }

    /// <summary>The parameters of a method.</summary>
    public IReadOnlyList<Parameter> ParametersOf(string name) => methods.First(method => method.Name == name).Parameters;

    /// <summary>Writes the methods, each after those that it calls.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="called">Those that others may call.</param>
    public void Write(SourceWriter w, ISet<string> called)
    {
        foreach (Method method in methods)
        {
            w.Line().Line($"// {method.Summary}").Line(Attribute);
            using (w.Open($"{(called.Contains(method.Name) ? "public" : "private")} static void {method.Name}({Parameter.Declare(method.Parameters)})"))
                w.Lines(method.Body);
        }
    }

    private sealed record Method(string Name, string Summary, IReadOnlyList<Parameter> Parameters, string Body);
}
