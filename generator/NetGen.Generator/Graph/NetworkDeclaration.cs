using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>A network as its class declares it, before blocks are expanded and anything is inferred.</summary>
/// <param name="Identity">Which class it is.</param>
/// <param name="Attributes">Its input, layers and uses of blocks, in the order of the source.</param>
/// <param name="Problems">What is wrong with the class itself.</param>
/// <param name="Part">What the generated part of the class can hold.</param>
internal sealed record NetworkDeclaration(
    NetworkIdentity Identity, EquatableArray<DeclaredAttribute> Attributes, EquatableArray<Problem> Problems, GeneratedPart Part)
{
    /// <summary>The blocks that it uses, and those that they use.</summary>
    public EquatableArray<BlockDeclaration> Blocks { get; init; } = [];
}
