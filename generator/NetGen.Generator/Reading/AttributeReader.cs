using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Reading;

/// <summary>Reads one attribute into plain records. What does not compile is left to the compiler to report.</summary>
internal static class AttributeReader
{
    public const string InputKind = "Input";

    private const string Suffix = "Attribute";

    /// <summary>The attribute's name without its suffix if it is the input or a layer, or else null.</summary>
    public static string? KindOf(AttributeData attribute) =>
        attribute.AttributeClass is
        {
            ContainingType: null,
            ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true },
        } type
        && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && type.Name.Substring(0, type.Name.Length - Suffix.Length) is var kind
        && (kind == InputKind || LayerKinds.Readers.ContainsKey(kind))
            ? kind
            : null;

    /// <summary>Reads an attribute.</summary>
    /// <param name="attribute">The input, a layer, or an attribute that the compiler does not know.</param>
    /// <param name="unknown">Its arguments that had no value for the generator; they have one here, if they compile.</param>
    public static DeclaredAttribute Read(AttributeData attribute, IEnumerable<UnknownArgument> unknown)
    {
        if (KindOf(attribute) is not { } kind)
            return new UnreadableAttribute("", []);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (!TryRead(attribute, values, out EquatableArray<string> missing))
            return new UnreadableAttribute(kind, [], missing);
        EquatableArray<Problem> generated = unknown.Select(argument => Generated(kind, attribute, argument.Name, values)).ToEquatableArray();
        if (generated.Count != 0)
            return new UnreadableAttribute(kind, generated);
        if (kind == InputKind)
            return ReadInput(values);
        var arguments = new LayerArguments(kind, values);
        Layer layer = LayerKinds.Readers[kind](arguments);
        return arguments.Problems.Count == 0
            ? new DeclaredLayer(layer, arguments.Text("As")) { From = arguments.Text("From"), Others = arguments.Texts("names") }
            : new UnreadableAttribute(kind, arguments.Problems);
    }

    /// <summary>An argument that has a value only because a generator wrote it.</summary>
    private static Problem Generated(string kind, AttributeData attribute, string name, Dictionary<string, object?> values)
    {
        string? argument = name.Length != 0 && !ArgumentSyntax.IsPlace(name) ? name : ArgumentSyntax.FirstComputed(attribute);
        int? number = argument is not null && values.TryGetValue(argument, out object? value) ? value as int? : null;
        Problem problem = Problem.Of(Rules.ArgumentUnknown, kind, argument ?? "an argument", number?.ToString(CultureInfo.InvariantCulture) ?? "its value");
        problem = argument is null ? problem : problem.At(argument);
        return number is { } correction ? problem.Corrected(correction) : problem;
    }

    private static DeclaredInput ReadInput(Dictionary<string, object?> values)
    {
        string[] names = values.ContainsKey("features") ? ["features"] : ["channels", "height", "width"];
        int[] extents = [.. names.Select(name => values[name] is int extent ? extent : 0)];
        return new DeclaredInput(
            extents.Length == 1 ? TensorShape.Flat(extents[0]) : TensorShape.Image(extents[0], extents[1], extents[2]),
            names.Zip(extents, (name, extent) => Check.AtLeast(1, InputKind, name, extent)).SelectMany(problems => problems).ToEquatableArray());
    }

    /// <summary>Reads the arguments by name.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="values">Receives them.</param>
    /// <param name="missing">Those without a value; an empty name where the compiler cannot tell which they are.</param>
    private static bool TryRead(AttributeData attribute, Dictionary<string, object?> values, out EquatableArray<string> missing)
    {
        missing = [ArgumentSyntax.FirstComputed(attribute) ?? ""];
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
            return false;
        var unread = new List<string>();
        IEnumerable<KeyValuePair<string, TypedConstant>> arguments = constructor.Parameters
            .Zip(attribute.ConstructorArguments, (parameter, argument) => new KeyValuePair<string, TypedConstant>(parameter.Name, argument))
            .Concat(attribute.NamedArguments);
        foreach (KeyValuePair<string, TypedConstant> argument in arguments)
        {
            if (TryRead(argument.Value, out object? value))
                values[argument.Key] = value;
            else
                unread.Add(argument.Key);
        }
        missing = unread.ToEquatableArray();
        return unread.Count == 0;
    }

    private static bool TryRead(TypedConstant constant, out object? value)
    {
        value = null;
        if (constant.Kind == TypedConstantKind.Error)
            return false;
        if (constant.Kind != TypedConstantKind.Array)
        {
            value = constant.Value;
            return true;
        }
        if (constant.IsNull)
            return true;
        value = constant.Values.All(element => element.Value is int) ? constant.Values.Select(element => (int)element.Value!).ToArray()
            : constant.Values.All(element => element.Value is string or null) ? constant.Values.Select(element => element.Value as string ?? "").ToArray()
            : null;
        return value is not null;
    }
}
