using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>A network as its class declares it, before anything is inferred.</summary>
/// <param name="Identity">Which class it is.</param>
/// <param name="Attributes">Its input and layers, in the order of the source.</param>
/// <param name="Problems">What is wrong with the class itself.</param>
/// <param name="CanBeExtended">Whether another partial declaration of the class can be written at all.</param>
/// <param name="TakenMembers">Generated members that the class already declares, by their signature.</param>
internal sealed record NetworkDeclaration(
    NetworkIdentity Identity,
    EquatableArray<DeclaredAttribute> Attributes,
    EquatableArray<Problem> Problems,
    bool CanBeExtended,
    EquatableArray<string> TakenMembers);

/// <summary>One attribute of a network's class, as plain values.</summary>
internal abstract record DeclaredAttribute;

/// <summary>The shape of a sample; a problem per extent that is not positive.</summary>
internal sealed record DeclaredInput(TensorShape Shape, EquatableArray<Problem> Problems) : DeclaredAttribute;

/// <summary>A layer and the name that <c>As</c> gives it.</summary>
internal sealed record DeclaredLayer(Layer Layer, string? As) : DeclaredAttribute;

/// <summary>An attribute whose arguments have no reading: either the compiler reports it, and there are no problems, or we do.</summary>
internal sealed record UnreadableAttribute(string Kind, EquatableArray<Problem> Problems) : DeclaredAttribute;
