using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Expressions;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>One attribute of a class with layers, as plain values.</summary>
internal abstract record DeclaredAttribute;

/// <summary>The shape of a sample; a problem per extent that is not positive.</summary>
internal sealed record DeclaredInput(TensorShape Shape, EquatableArray<Problem> Problems) : DeclaredAttribute;

/// <summary>What the network may cost, by the names of the attribute's properties.</summary>
internal sealed record DeclaredBudget(EquatableArray<KeyValuePair<string, long>> Limits) : DeclaredAttribute;

/// <summary>A layer, or a use of a block, with its arguments: those left out with their defaults, properties only where they are set.</summary>
/// <param name="Kind">The attribute's name without its suffix.</param>
/// <param name="Arguments">By the name of the parameter or property; each name once.</param>
internal abstract record DeclaredElement(string Kind, EquatableArray<Argument> Arguments) : DeclaredAttribute;

/// <summary>A layer.</summary>
internal sealed record DeclaredLayer(string Kind, EquatableArray<Argument> Arguments) : DeclaredElement(Kind, Arguments);

/// <summary>How layers are filled that do not say it themselves.</summary>
internal sealed record DeclaredInitialization(EquatableArray<Argument> Arguments) : DeclaredElement("Initialize", Arguments);

/// <summary>A further output.</summary>
internal sealed record DeclaredOutput(EquatableArray<Argument> Arguments) : DeclaredElement("Output", Arguments);

/// <summary>A use of a block.</summary>
/// <param name="Block">Its <see cref="BlockDeclaration.Key"/>.</param>
/// <param name="Name">Its class's name.</param>
/// <param name="Refusal">Why that class is no block, in the words of the message; null: it is one.</param>
/// <param name="Arguments">The use's arguments.</param>
internal sealed record DeclaredUse(string Block, string Name, string? Refusal, EquatableArray<Argument> Arguments) : DeclaredElement("Use", Arguments);

/// <summary>An argument of an attribute.</summary>
internal sealed record Argument(string Name, Expression Value);

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
