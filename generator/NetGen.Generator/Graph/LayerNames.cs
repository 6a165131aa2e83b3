using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>The names of a network's layers and of its uses of blocks: each once, and each a member of Pass.</summary>
/// <param name="network">The class's name, for messages.</param>
internal sealed class LayerNames(string network)
{
    /// <summary>What the runtime's NetworkPass and object already call theirs; a test compares.</summary>
    public static readonly IReadOnlyCollection<string> ReservedMembers =
    [
        "Activation", "Activations", "Backward", "BackwardFrom", "BatchSize", "Count", "Dispose", "Equals", "Finalize", "Forward", "GetHashCode",
        "GetType", "InputGradient", "MemberwiseClone", "Output", "OutputGradient", "Outputs", "Pass", "ReferenceEquals", "Threads", "ToString", "Training",
    ];

    private readonly Dictionary<string, LayerName> owners = new(StringComparer.Ordinal);

    /// <summary>Adds a name; what is wrong with it, if anything.</summary>
    public Problem? Add(LayerName name)
    {
        string member = MemberName(name.Text);
        if (!owners.TryGetValue(member, out LayerName? first))
        {
            owners.Add(member, name);
            return null;
        }
        if (first.IsShared && name.IsShared)
            return null;
        // The one that is not automatic is to blame.
        LayerName culprit = name.IsWritten ? name : first, other = name.IsWritten ? first : name;
        string alike = other.Text == culprit.Text ? "" : $", where '{other.Text}' has the same member '{member}'";
        return culprit.Origin.Place(Problem.Of(Rules.DuplicateLayerName, culprit.Text, network, alike).At("As"));
    }

    /// <summary>
    /// The member of Pass that gives the layer's output: <c>layer1.conv2</c> is Layer1Conv2, <c>layer1.0</c> is Layer1_0, and
    /// <c>output</c> is OutputLayer, because a pass has an Output already.
    /// </summary>
    public static string MemberName(string name)
    {
        string member = Capitalised(name);
        return ReservedMembers.Contains(member) ? member + "Layer" : member;
    }

    /// <summary>A name as members are written: <c>layer1.conv2</c> is Layer1Conv2.</summary>
    public static string Capitalised(string name) =>
        string.Concat(name.Split('.', '_').Where(part => part.Length != 0).Select(part => IsDigit(part[0]) ? "_" + part : char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>Whether files and members can carry the name.</summary>
    public static bool IsName(string name) => name.Split('.').All(part => part.All(IsNameCharacter) && part.Any(character => character != '_'));

    private static bool IsNameCharacter(char character) => IsLetter(character) || IsDigit(character) || character == '_';

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}

/// <summary>A name of a layer or of a use of a block.</summary>
/// <param name="Text">The name in the network.</param>
/// <param name="Origin">The attribute that has it.</param>
/// <param name="IsWritten">Whether <c>As</c> says it; else it is automatic.</param>
internal sealed record LayerName(string Text, Origin Origin, bool IsWritten)
{
    /// <summary>Whether others may be called the same: uses with numbers, whose repetitions are not.</summary>
    public bool IsShared { get; init; }
}
