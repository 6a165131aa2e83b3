namespace NetGen.Generator.Api;

/// <summary>A member of the generated part.</summary>
/// <param name="Signature">Which one: a constant of GeneratedMembers; empty for what nothing can stand in the way of.</param>
/// <param name="Text">The member with its documentation comment.</param>
/// <param name="StandIn">What takes its place where the class declares the member itself, so that the class still implements INetwork.</param>
internal sealed record Member(string Signature, string Text, string? StandIn = null);
