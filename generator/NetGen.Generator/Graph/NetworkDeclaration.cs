using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>A network as its class declares it, before anything is inferred.</summary>
/// <param name="Identity">Which class it is.</param>
/// <param name="Attributes">Its input and layers, in the order of the source.</param>
/// <param name="Problems">What is wrong with the class itself.</param>
/// <param name="Part">What the generated part of the class can hold.</param>
internal sealed record NetworkDeclaration(
    NetworkIdentity Identity, EquatableArray<DeclaredAttribute> Attributes, EquatableArray<Problem> Problems, GeneratedPart Part);

/// <summary>One attribute of a network's class, as plain values.</summary>
internal abstract record DeclaredAttribute;

/// <summary>The shape of a sample; a problem per extent that is not positive.</summary>
internal sealed record DeclaredInput(TensorShape Shape, EquatableArray<Problem> Problems) : DeclaredAttribute;

/// <summary>A layer and the name that <c>As</c> gives it.</summary>
internal sealed record DeclaredLayer(Layer Layer, string? As) : DeclaredAttribute
{
    /// <summary>The layer whose output it takes; null: the one right before it.</summary>
    public string? From { get; init; }

    /// <summary>Of a layer that merges outputs: whose come to the one that it takes.</summary>
    public EquatableArray<string> Others { get; init; } = [];
}

/// <summary>An attribute whose arguments have no reading.</summary>
/// <param name="Kind">The attribute's name without its suffix; empty for one that the compiler does not know.</param>
/// <param name="Problems">What we report. Without any, the compiler does, or what it does not know yet is in <paramref name="Unknown"/>.</param>
/// <param name="Unknown">
/// Arguments without a value in the source as it is written. The compiler reports them, unless a generator gives them one: then it is
/// for the analyzer, which sees what was generated, to report.
/// </param>
internal sealed record UnreadableAttribute(string Kind, EquatableArray<Problem> Problems, EquatableArray<string> Unknown) : DeclaredAttribute
{
    /// <summary>One whose problems are known.</summary>
    public UnreadableAttribute(string kind, EquatableArray<Problem> problems)
        : this(kind, problems, [])
    {
    }
}
