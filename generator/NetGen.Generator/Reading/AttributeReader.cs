using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Expressions;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Reading;

/// <summary>Reads the attributes of a class into plain records. What does not compile is left to the compiler to report.</summary>
/// <param name="project">The assembly that is compiled.</param>
/// <param name="expressions">Reads what hangs on the class's parameters; null: it is no block and has none.</param>
internal sealed class AttributeReader(IAssemblySymbol project, ExpressionReader? expressions)
{
    public const string InputKind = "Input", BudgetKind = "Budget", UseKind = "Use", InitializeKind = "Initialize", OutputKind = "Output";

    private const string Suffix = "Attribute";

    /// <summary>The attribute's name without its suffix if it is the input, a further output, the budget, a layer, a use of a block or how layers are filled, or else null.</summary>
    public static string? KindOf(AttributeData attribute) =>
        attribute.AttributeClass is
        {
            ContainingType: null,
            ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true },
        } type
        && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && type.Name.Substring(0, type.Name.Length - Suffix.Length) is var kind
        && (type.Arity == 0 ? kind is InputKind or BudgetKind or InitializeKind or OutputKind || LayerKinds.Readers.ContainsKey(kind) : type.Arity == 1 && kind == UseKind)
            ? kind
            : null;

    /// <summary>Whether an attribute of that kind stands for layers, so that its place among others matters.</summary>
    public static bool IsOfLayers(string? kind) => kind is not (null or InputKind or BudgetKind or InitializeKind);

    /// <summary>Reads all that <see cref="AttributeOrder"/> lists.</summary>
    /// <param name="attributes">Inputs, layers, uses of blocks, and attributes that the compiler does not know.</param>
    /// <param name="unknown">Arguments that had no value for the generator; they have one here, if they compile.</param>
    public EquatableArray<DeclaredAttribute> Read(IReadOnlyList<AttributeData> attributes, IReadOnlyList<UnknownArgument> unknown) =>
        attributes.Select((attribute, index) => Read(attribute, unknown.Where(argument => argument.Attribute == index))).ToEquatableArray();

    private DeclaredAttribute Read(AttributeData attribute, IEnumerable<UnknownArgument> unknown)
    {
        if (KindOf(attribute) is not { } kind)
            return new UnreadableAttribute("", []);
        EquatableArray<Argument> arguments = ReadArguments(attribute, out EquatableArray<string> missing);
        if (missing.Count != 0)
            return new UnreadableAttribute(kind, [], missing);
        EquatableArray<Problem> problems =
        [
            .. unknown.Select(argument => Generated(kind, attribute, argument.Name, arguments)),
            .. expressions?.Problems(kind, attribute, arguments) ?? [],
        ];
        if (problems.Count != 0)
            return new UnreadableAttribute(kind, problems);
        return kind switch
        {
            InputKind => ReadInput(arguments),
            BudgetKind => ReadBudget(arguments),
            InitializeKind => new DeclaredInitialization(arguments),
            UseKind => UsedBlocks.BlockOf(attribute) is { } block
                ? new DeclaredUse(UsedBlocks.KeyOf(block), block.Name, BlockForm.Refusal(block, project), arguments)
                : new UnreadableAttribute(kind, []),
            OutputKind => new DeclaredOutput(arguments),
            _ => new DeclaredLayer(kind, arguments),
        };
    }

    /// <summary>An argument that has a value only because a generator wrote it.</summary>
    private static Problem Generated(string kind, AttributeData attribute, string name, EquatableArray<Argument> arguments)
    {
        string? argument = name.Length != 0 && !ArgumentSyntax.IsPlace(name) ? name : ArgumentSyntax.FirstComputed(attribute);
        int? number = (arguments.FirstOrDefault(one => one.Name == argument)?.Value as Constant)?.Value as int?;
        Problem problem = Problem.Of(Rules.ArgumentUnknown, kind, argument ?? "an argument", number?.ToString(CultureInfo.InvariantCulture) ?? "its value");
        problem = argument is null ? problem : problem.At(argument);
        return number is { } correction ? problem.Corrected(correction) : problem;
    }

    private static DeclaredInput ReadInput(EquatableArray<Argument> arguments)
    {
        int[] extents = [.. arguments.Select(argument => argument.Value is Constant { Value: int extent } ? extent : 0)];
        return new DeclaredInput(
            TensorShape.Of(extents.Length < 4 || (long)extents[1] * extents[2] <= int.MaxValue ? extents : [extents[0], 1, int.MaxValue, extents[3]]),
            arguments.Zip(extents, (argument, extent) => Check.AtLeast(1, InputKind, argument.Name, extent)).SelectMany(problems => problems).ToEquatableArray());
    }

    private static DeclaredBudget ReadBudget(EquatableArray<Argument> arguments) => new(arguments
        .Select(argument => new KeyValuePair<string, long>(argument.Name, argument.Value is Constant { Value: long limit } ? limit : long.MaxValue)).ToEquatableArray());

    /// <summary>Reads the arguments by name.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="missing">Those without a value; an empty name where the compiler cannot tell which they are.</param>
    private EquatableArray<Argument> ReadArguments(AttributeData attribute, out EquatableArray<string> missing)
    {
        missing = [ArgumentSyntax.FirstComputed(attribute) ?? ""];
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
            return [];
        var read = new List<Argument>();
        var unread = new List<string>();
        IEnumerable<KeyValuePair<string, TypedConstant>> arguments = constructor.Parameters
            .Zip(attribute.ConstructorArguments, (parameter, argument) => new KeyValuePair<string, TypedConstant>(parameter.Name, argument))
            .Concat(attribute.NamedArguments);
        foreach (KeyValuePair<string, TypedConstant> argument in arguments)
        {
            if (ReadConstant(argument.Value) is { } value)
                read.Add(new Argument(argument.Key, expressions?.Read(attribute, argument.Key) ?? value));
            else
                unread.Add(argument.Key);
        }
        missing = unread.ToEquatableArray();
        return read.ToEquatableArray();
    }

    /// <summary>A value as the compiler has it; null if it has none.</summary>
    private static Expression? ReadConstant(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Error } => null,
        { Kind: not TypedConstantKind.Array } => new Constant(constant.Value),
        { IsNull: true } => new Constant(null),
        _ when constant.Values.All(element => element.Value is int) || constant.Values.All(element => element.Value is double) || constant.Values.All(element => element.Value is string or null) =>
            new ArrayOf(constant.Values.Select(element => (Expression)new Constant(element.Value)).ToEquatableArray()),
        _ => null,
    };
}
