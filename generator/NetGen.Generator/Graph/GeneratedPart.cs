using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>What the generated part of a network's class can hold.</summary>
/// <param name="Form">Which members.</param>
/// <param name="TakenMembers">Generated members that the class declares itself, by their signature.</param>
internal sealed record GeneratedPart(PartForm Form, EquatableArray<string> TakenMembers)
{
    /// <summary>All that NetGen generates.</summary>
    public static readonly GeneratedPart Whole = new(PartForm.Members, []);

    /// <summary>No part at all.</summary>
    public static readonly GeneratedPart None = new(PartForm.None, []) { SparesCallers = false };

    /// <summary>
    /// What constructors call before their body, as C# with a blank before it: of a primary constructor, or of a base class that has none
    /// without parameters. Empty: nothing. Null: there is nothing that they could call.
    /// </summary>
    public string? Chain { get; init; } = "";

    /// <summary>
    /// Whether code that uses the network compiles for all its mistakes. Where it does not, the mistake is told before the compiler comes
    /// to that code.
    /// </summary>
    public bool SparesCallers { get; init; } = true;
}

/// <summary>What another part of a class may hold.</summary>
internal enum PartForm
{
    /// <summary>Nothing: the class is not partial, or is its file's own.</summary>
    None,

    /// <summary>Constants and static properties: the class is static.</summary>
    Constants,

    /// <summary>Every member.</summary>
    Members,
}
