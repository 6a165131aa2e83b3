using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>Which class a network is, and how another part of it is written.</summary>
/// <param name="Namespace">The namespace, with <c>@</c> where a part of it looks like a keyword; empty: the global one.</param>
/// <param name="ContainingTypes">From the outside in, as partial declarations begin: <c>partial class Outer</c>.</param>
/// <param name="Name">The class's name as in metadata, for messages.</param>
/// <param name="HintName">What the files that are generated for it begin with: <c>Namespace.Outer+Net</c>. No other network's begin alike.</param>
internal sealed record NetworkIdentity(
    string Namespace, EquatableArray<string> ContainingTypes, string Name, string HintName)
{
    /// <summary>The class as C# writes a type: with its type parameters, should it wrongly have some.</summary>
    public string Identifier { get; init; } = Name;

    /// <summary>How a partial declaration of the class begins.</summary>
    public string Declaration { get; init; } = "partial class " + Name;

    /// <summary>The class's name as C# writes a constructor.</summary>
    public string ConstructorName { get; init; } = Name;

    /// <summary>The namespace of the network's kernels, which no one else writes into.</summary>
    public string KernelNamespace { get; init; } = "NetGen.Emitted." + Name;

    /// <summary>The namespaces around the class as metadata has them, from the outside in.</summary>
    public EquatableArray<string> NamespaceNames { get; init; } = [];

    /// <summary>The types around the class and the class as metadata has them, from the outside in.</summary>
    public EquatableArray<string> TypeNames { get; init; } = [Name];
}
