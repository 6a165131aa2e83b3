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

    public static DeclaredAttribute Read(AttributeData attribute)
    {
        string kind = KindOf(attribute) ?? throw new ArgumentException("Neither input nor layer.", nameof(attribute));
        if (Values(attribute) is not { } values)
            return new UnreadableAttribute(kind, []);
        if (kind == InputKind)
            return ReadInput(values);
        var arguments = new LayerArguments(kind, values);
        Layer layer = LayerKinds.Readers[kind](arguments);
        return arguments.Problems.Count == 0
            ? new DeclaredLayer(layer, arguments.Text("As"))
            : new UnreadableAttribute(kind, arguments.Problems);
    }

    private static DeclaredInput ReadInput(Dictionary<string, object?> values)
    {
        string[] names = values.ContainsKey("features") ? ["features"] : ["channels", "height", "width"];
        int[] extents = [.. names.Select(name => values[name] is int extent ? extent : 0)];
        return new DeclaredInput(
            extents.Length == 1 ? TensorShape.Flat(extents[0]) : TensorShape.Image(extents[0], extents[1], extents[2]),
            names.Zip(extents, (name, extent) => Check.AtLeast(1, InputKind, name, extent)).SelectMany(problems => problems).ToEquatableArray());
    }

    /// <summary>The arguments by name, or null where the attribute does not compile.</summary>
    private static Dictionary<string, object?>? Values(AttributeData attribute)
    {
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
            return null;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, TypedConstant>> arguments = constructor.Parameters
            .Zip(attribute.ConstructorArguments, (parameter, argument) => new KeyValuePair<string, TypedConstant>(parameter.Name, argument))
            .Concat(attribute.NamedArguments);
        foreach (KeyValuePair<string, TypedConstant> argument in arguments)
        {
            if (!TryRead(argument.Value, out object? value))
                return null;
            values[argument.Key] = value;
        }
        return values;
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
        if (constant.Values.Any(element => element.Value is not int))
            return false;
        value = constant.Values.Select(element => Convert.ToInt32(element.Value, CultureInfo.InvariantCulture)).ToArray();
        return true;
    }
}
