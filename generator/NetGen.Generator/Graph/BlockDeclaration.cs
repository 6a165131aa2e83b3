using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Expressions;

namespace NetGen.Generator.Graph;

/// <summary>A block as its class declares it.</summary>
/// <param name="Key">Tells its class from all others of a project.</param>
/// <param name="Name">The class's name, for messages and automatic names.</param>
/// <param name="Parameters">The numbers that uses may choose, in the order of the source.</param>
/// <param name="Attributes">Its layers and uses of other blocks, in the order of the source.</param>
/// <param name="Problems">What is wrong with the class itself, which is reported with it and not with who uses it.</param>
internal sealed record BlockDeclaration(
    string Key, string Name, EquatableArray<BlockParameter> Parameters, EquatableArray<DeclaredAttribute> Attributes, EquatableArray<Problem> Problems);
