using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Expressions;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>
/// Reads the arguments of a block's attributes that hang on its parameters, from their syntax: the compiler knows their values for the declared parameters
/// only.
/// </summary>
/// <param name="parameters">The parameters' constants, in order.</param>
/// <param name="compilation">What they are compiled in.</param>
/// <param name="cancellation">Stops reading.</param>
internal sealed class ExpressionReader(IReadOnlyList<IFieldSymbol> parameters, Compilation compilation, CancellationToken cancellation)
{
    private static readonly IReadOnlyDictionary<SyntaxKind, string> BinaryOperators = new Dictionary<SyntaxKind, string>
    {
        [SyntaxKind.AddExpression] = "+",
        [SyntaxKind.SubtractExpression] = "-",
        [SyntaxKind.MultiplyExpression] = "*",
        [SyntaxKind.DivideExpression] = "/",
        [SyntaxKind.ModuloExpression] = "%",
        [SyntaxKind.EqualsExpression] = "==",
        [SyntaxKind.NotEqualsExpression] = "!=",
        [SyntaxKind.LessThanExpression] = "<",
        [SyntaxKind.LessThanOrEqualExpression] = "<=",
        [SyntaxKind.GreaterThanExpression] = ">",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">=",
    };

    private static readonly Constant True = new(true), False = new(false), Zero = new(0), ZeroPointZero = new(0.0);

    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];

    /// <summary>Whether a constant hangs on a parameter.</summary>
    private readonly Dictionary<IFieldSymbol, bool> known = new(SymbolEqualityComparer.Default);

    /// <summary>The parameters with their declared values.</summary>
    public EquatableArray<BlockParameter> Parameters =>
        parameters.Select(parameter => new BlockParameter(
            parameter.Name,
            (Initializer(parameter) is { } initializer && HangsOnParameters(initializer) ? Read(initializer) : null) ?? new Constant(parameter.ConstantValue as int? ?? 0))).ToEquatableArray();

    /// <summary>An argument that hangs on parameters; null if it does not, or cannot be read: then it is among <see cref="Problems"/>.</summary>
    public Expression? Read(AttributeData attribute, string name)
    {
        ExpressionSyntax[] syntax = Find(attribute, name);
        if (!syntax.Any(HangsOnParameters))
            return null;
        ITypeSymbol? type = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Type;
        return type is IArrayTypeSymbol ? ReadArray(syntax) : Read(syntax[0]);
    }

    /// <summary>Arguments that hang on parameters in a way that cannot be worked out.</summary>
    public IEnumerable<Problem> Problems(string kind, AttributeData attribute, IEnumerable<Argument> arguments) => arguments
        .Where(argument => argument.Value.IsConstant && Find(attribute, argument.Name).Any(HangsOnParameters) && Read(attribute, argument.Name) is null)
        .Select(argument => Problem.Of(
            Rules.ArgumentWithoutValue, kind, argument.Name, "", "of parameters NetGen works out sums, products, quotients, comparisons, choices with ?: and conversions between int and double")
            .At(argument.Name));

    private ExpressionSyntax[] Find(AttributeData attribute, string name) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax ? [.. ArgumentSyntax.FindAll(attribute, syntax, name)] : [];

    private ArrayOf? ReadArray(ExpressionSyntax[] syntax)
    {
        IEnumerable<ExpressionSyntax?> elements = syntax[0] switch
        {
            CollectionExpressionSyntax collection => collection.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression),
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            _ => syntax,
        };
        Expression?[] read = [.. elements.Select(element => element is null ? null : Read(element))];
        return read.Contains(null) ? null : new ArrayOf(read.OfType<Expression>().ToEquatableArray());
    }

    private Expression? Read(ExpressionSyntax syntax)
    {
        cancellation.ThrowIfCancellationRequested();
        SemanticModel model = ModelOf(syntax);
        bool becomesReal = model.GetTypeInfo(syntax, cancellation).ConvertedType?.SpecialType == SpecialType.System_Double;
        if (!HangsOnParameters(syntax))
            return model.GetConstantValue(syntax, cancellation) is { HasValue: true } constant ? ReadConstant(constant.Value, becomesReal) : null;
        Expression? read = ReadOperation(syntax, model);
        bool isWhole = model.GetTypeInfo(syntax, cancellation).Type?.SpecialType == SpecialType.System_Int32;
        return read is not null && isWhole && becomesReal ? new NumberConversion(read, IsToDouble: true) : read;
    }

    private Expression? ReadOperation(ExpressionSyntax syntax, SemanticModel model) => syntax switch
    {
        ParenthesizedExpressionSyntax inner => Read(inner.Expression),
        CheckedExpressionSyntax inner when inner.IsKind(SyntaxKind.CheckedExpression) => Read(inner.Expression),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => ReadName(model.GetSymbolInfo(syntax, cancellation).Symbol as IFieldSymbol),
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.UnaryPlusExpression) => Read(unary.Operand),
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.UnaryMinusExpression) =>
            Combine("-", model.GetTypeInfo(unary, cancellation).Type?.SpecialType == SpecialType.System_Double ? ZeroPointZero : Zero, Read(unary.Operand)),
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.LogicalNotExpression) => Combine("==", Read(unary.Operand), False),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) => Choose(Read(both.Left), Read(both.Right), False),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalOrExpression) => Choose(Read(both.Left), True, Read(both.Right)),
        BinaryExpressionSyntax both when BinaryOperators.TryGetValue(both.Kind(), out string? name) && HasKnownType(both.Left, model) => Combine(name, Read(both.Left), Read(both.Right)),
        ConditionalExpressionSyntax choice => Choose(Read(choice.Condition), Read(choice.WhenTrue), Read(choice.WhenFalse)),
        CastExpressionSyntax cast => ReadCast(cast, model),
        _ => null,
    };

    /// <summary>A parameter, or a constant that is made of some.</summary>
    private Expression? ReadName(IFieldSymbol? field)
    {
        if (field is null)
            return null;
        int number = NumberOf(field);
        return number >= 0 ? new ParameterReference(number) : Initializer(field) is { } initializer ? Read(initializer) : null;
    }

    private Expression? ReadCast(CastExpressionSyntax cast, SemanticModel model)
    {
        if (Read(cast.Expression) is not { } operand || !HasKnownType(cast.Expression, model))
            return null;
        return model.GetTypeInfo(cast, cancellation).Type?.SpecialType switch
        {
            SpecialType.System_Int32 => new NumberConversion(operand, IsToDouble: false),
            SpecialType.System_Double => new NumberConversion(operand, IsToDouble: true),
            _ => null,
        };
    }

    /// <summary>Whether an operand is, or becomes, of a type that expressions have.</summary>
    private bool HasKnownType(ExpressionSyntax operand, SemanticModel model) =>
        model.GetTypeInfo(operand, cancellation).ConvertedType?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Double or SpecialType.System_Boolean;

    private static Constant? ReadConstant(object? value, bool becomesReal) => value switch
    {
        byte or sbyte or short or ushort or int or float or double when becomesReal => new Constant(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        byte or sbyte or short or ushort => new Constant(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        char character => new Constant((int)character),
        int or bool or double or string or null => new Constant(value),
        _ => null,
    };

    private static Binary? Combine(string name, Expression? left, Expression? right) => left is null || right is null ? null : new Binary(name, left, right);

    private static Conditional? Choose(Expression? condition, Expression? whenTrue, Expression? whenFalse) =>
        condition is null || whenTrue is null || whenFalse is null ? null : new Conditional(condition, whenTrue, whenFalse);

    /// <summary>Whether the value is another for other parameters; of <c>nameof</c> it is not.</summary>
    private bool HangsOnParameters(ExpressionSyntax syntax)
    {
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return false;
        SemanticModel model = ModelOf(syntax);
        return syntax.DescendantNodesAndSelf(node => node is not InvocationExpressionSyntax).OfType<SimpleNameSyntax>()
            .Any(name => model.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { IsConst: true } field && HangsOnParameters(field));
    }

    private bool HangsOnParameters(IFieldSymbol field)
    {
        if (NumberOf(field) >= 0)
            return true;
        if (known.TryGetValue(field, out bool hangs))
            return hangs;
        // A constant that is made of itself does not compile.
        known[field] = false;
        return known[field] = Initializer(field) is { } initializer && HangsOnParameters(initializer);
    }

    /// <summary>A tree's model, always the same one: it remembers what it has bound.</summary>
    private SemanticModel ModelOf(ExpressionSyntax syntax)
    {
        if (!models.TryGetValue(syntax.SyntaxTree, out SemanticModel? model))
            models.Add(syntax.SyntaxTree, model = compilation.GetSemanticModel(syntax.SyntaxTree));
        return model;
    }

    private int NumberOf(IFieldSymbol field)
    {
        for (var number = 0; number < parameters.Count; number++)
        {
            if (SymbolEqualityComparer.Default.Equals(parameters[number], field.OriginalDefinition))
                return number;
        }
        return -1;
    }

    private ExpressionSyntax? Initializer(IFieldSymbol field) =>
        field.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<VariableDeclaratorSyntax>().FirstOrDefault()?.Initializer?.Value;
}
