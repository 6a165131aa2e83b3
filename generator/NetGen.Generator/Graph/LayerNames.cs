using System.Globalization;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>
/// The layers' names: what <c>As</c> says, or else the kind and its number, conv1, conv2. A layer with a name of its own counts
/// too, so naming one does not rename those behind it.
/// </summary>
internal sealed class LayerNames
{
    /// <summary>What the runtime's NetworkPass and object already call theirs; a test compares.</summary>
    public static readonly IReadOnlyCollection<string> ReservedMembers =
    [
        "Activation", "Activations", "Backward", "BackwardFrom", "BatchSize", "Count", "Dispose", "Equals", "Finalize", "Forward", "GetHashCode",
        "GetType", "InputGradient", "MemberwiseClone", "Output", "OutputGradient", "Pass", "ReferenceEquals", "Threads", "ToString", "Training",
    ];

    private readonly Dictionary<int, string> names = [];
    private readonly Dictionary<int, Problem> problems = [];

    public LayerNames(NetworkDeclaration declaration)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < declaration.Attributes.Count; index++)
        {
            if (declaration.Attributes[index] is not DeclaredLayer declared)
                continue;
            string prefix = declared.Layer.NamePrefix;
            int number = counts[prefix] = counts.TryGetValue(prefix, out int count) ? count + 1 : 1;
            names[index] = declared.As ?? (declared.Layer.IsSeldomRepeated && number == 1
                ? prefix
                : prefix + number.ToString(CultureInfo.InvariantCulture));
        }
        foreach (int index in names.Keys.OrderBy(index => index))
        {
            if (!IsName(names[index]))
            {
                problems[index] = Problem.Of(Rules.InvalidLayerName, names[index]) with { Attribute = index, Argument = "As" };
                continue;
            }
            string member = MemberName(names[index]);
            if (!owners.TryGetValue(member, out int first))
            {
                owners.Add(member, index);
                continue;
            }
            // At most one of the two is automatic: blame the other.
            int culprit = ((DeclaredLayer)declaration.Attributes[index]).As is null ? first : index;
            string alike = names[first] == names[index] ? "" : $", where '{names[culprit == index ? first : index]}' has the same member '{member}'";
            problems[culprit] = Problem.Of(Rules.DuplicateLayerName, names[culprit], declaration.Identity.Name, alike) with { Attribute = culprit, Argument = "As" };
        }
    }

    /// <summary>The name of the layer at that position among the attributes.</summary>
    public string this[int index] => names[index];

    /// <summary>
    /// The member of Pass that gives the layer's output: <c>layer1.conv2</c> is Layer1Conv2, <c>layer1.0</c> is Layer1_0, and
    /// <c>output</c> is OutputLayer, because a pass has an Output already.
    /// </summary>
    public static string MemberName(string name)
    {
        string member = string.Concat(name.Split('.', '_').Where(part => part.Length != 0).Select(part => IsDigit(part[0]) ? "_" + part : char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return ReservedMembers.Contains(member) ? member + "Layer" : member;
    }

    /// <summary>What is wrong with that layer's name, if anything.</summary>
    public Problem? ProblemAt(int index) => problems.TryGetValue(index, out Problem? problem) ? problem : null;

    /// <summary>Whether files and members can carry the name.</summary>
    public static bool IsName(string name) => name.Split('.').All(part => part.All(IsNameCharacter) && part.Any(character => character != '_'));

    private static bool IsNameCharacter(char character) => IsLetter(character) || IsDigit(character) || character == '_';

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
