namespace NetGen.Generator.Cpu.Methods;

/// <summary>A parameter of an emitted method: the first float of a tensor, or a number.</summary>
/// <param name="Name">Its name in the method.</param>
/// <param name="Type">What stands before the name in the method's header.</param>
/// <param name="IsReference">Passed by reference.</param>
internal sealed record Parameter(string Name, string Type, bool IsReference)
{
    /// <summary>A tensor's first float.</summary>
    public static Parameter Tensor(string name) => new(name, "ref float", IsReference: true);

    /// <summary>A number.</summary>
    public static Parameter Number(string name, string type = "nint") => new(name, type, IsReference: false);

    /// <summary>The range that a worker does.</summary>
    public static IReadOnlyList<Parameter> Range { get; } = [Number("from"), Number("to")];

    /// <summary>A list of parameters as a method's header has it.</summary>
    public static string Declare(IEnumerable<Parameter> parameters) => string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"));

    /// <summary>The arguments of a call whose caller has all of them under the same names.</summary>
    public static string Pass(IEnumerable<Parameter> parameters) => string.Join(", ", parameters.Select(p => p.IsReference ? "ref " + p.Name : p.Name));

    /// <summary>
    /// The arguments of a call, in the order of its parameters: those that are given by name, and else what the caller has under the same name.
    /// </summary>
    public static string Pass(IEnumerable<Parameter> parameters, IReadOnlyDictionary<string, string> given) => string.Join(
        ", ", parameters.Select(p => given.TryGetValue(p.Name, out string? argument) ? argument : p.IsReference ? "ref " + p.Name : p.Name));
}
