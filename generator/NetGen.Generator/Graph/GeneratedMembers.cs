using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>The members of the generated part, by signature; a class that declares one of them itself is told so.</summary>
internal static class GeneratedMembers
{
    /// <summary>What metadata calls a constructor.</summary>
    public const string ConstructorName = ".ctor";

    public const string Constructor = ".ctor(Seed)";
    public const string StateConstructor = ".ctor(NetworkState)";
    public const string InputSize = "InputSize";
    public const string OutputSize = "OutputSize";
    public const string ParameterCount = "ParameterCount";
    public const string MultiplyAdds = "MultiplyAdds";
    public const string ActivationBytes = "ActivationBytes";
    public const string Summary = "Summary";
    public const string InputShape = "InputShape";
    public const string OutputShape = "OutputShape";
    public const string Parameters = "Parameters";
    public const string Predict = "Predict(ReadOnlySpan<float>, Span<float>)";
    public const string Load = "Load(string)";
    public const string LoadStream = "Load(Stream)";
    public const string Save = "Save(string)";
    public const string SaveStream = "Save(Stream)";
    public const string CreatePass = "CreatePass(int, int)";
    public const string CreateTrainer = "CreateTrainer(Optimizer, Loss, int, int)";
    public const string CreatePredictor = "CreatePredictor(int)";
    public const string Pass = "Pass";
    public const string Kernels = "Kernels";
    public const string Program = "_netgenProgram";
    public const string State = "_netgenState";
    public const string CreateProgram = "_netgenCreateProgram";
    public const string UnknownArguments = "_netgenUnknownArguments";

    private static readonly string[] All =
    [
        Constructor, StateConstructor, InputSize, OutputSize, ParameterCount, MultiplyAdds, ActivationBytes, Summary, InputShape, OutputShape,
        Parameters, Predict, Load, LoadStream, Save, SaveStream, CreatePass, CreateTrainer, CreatePredictor, Pass, Kernels,
        Program, State, CreateProgram, UnknownArguments,
    ];

    /// <summary>
    /// The generated member that a declared one stands in the way of, or null. Methods may be overloaded, anything else may not
    /// share a name.
    /// </summary>
    /// <param name="name">The declared member's name.</param>
    /// <param name="parameters">The types of its parameters, null if it is no method.</param>
    public static string? Find(string name, string? parameters) =>
        All.FirstOrDefault(signature => NameOf(signature) == name
            && (parameters is null || signature == NameOf(signature) || signature == $"{name}({parameters})"));

    /// <summary>The generated members of that name.</summary>
    public static EquatableArray<string> Named(string name) => All.Where(signature => NameOf(signature) == name).ToEquatableArray();

    private static string NameOf(string signature)
    {
        int parenthesis = signature.IndexOf('(');
        return parenthesis < 0 ? signature : signature.Substring(0, parenthesis);
    }
}
