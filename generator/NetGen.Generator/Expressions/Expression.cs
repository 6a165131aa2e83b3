using NetGen.Generator.Collections;

namespace NetGen.Generator.Expressions;

/// <summary>
/// An argument of an attribute, as the source has it: in a block it may hang on parameters, whose values are the uses' to choose. Values are int, double,
/// bool, string, null, and arrays of int, of double and of string.
/// </summary>
internal abstract record Expression
{
    /// <summary>Whether it is the same for all parameters.</summary>
    public abstract bool IsConstant { get; }

    /// <summary>The value, as C# works out constants: what leaves a type's range is no value.</summary>
    /// <exception cref="OverflowException">A number on the way is beyond its type.</exception>
    /// <exception cref="DivideByZeroException">There is a division by zero.</exception>
    public abstract object? Evaluate(ParameterValues parameters);
}

/// <summary>A value that does not hang on parameters.</summary>
internal sealed record Constant(object? Value) : Expression
{
    public override bool IsConstant => true;

    public override object? Evaluate(ParameterValues parameters) => Value;
}

/// <summary>A parameter, by its number.</summary>
internal sealed record ParameterReference(int Number) : Expression
{
    public override bool IsConstant => false;

    public override object? Evaluate(ParameterValues parameters) => parameters[Number];
}

/// <summary>Two operands of equal type.</summary>
/// <param name="Operator">As C# writes it; <see cref="Operators"/> has them all.</param>
internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression
{
    public override bool IsConstant => Left.IsConstant && Right.IsConstant;

    public override object? Evaluate(ParameterValues parameters) => (Left.Evaluate(parameters), Right.Evaluate(parameters)) switch
    {
        (int left, int right) => Operators.OfInts[Operator](left, right),
        (double left, double right) => Operators.OfDoubles[Operator](left, right),
        (bool left, bool right) => Operators.OfBools[Operator](left, right),
        _ => throw new InvalidOperationException($"'{Operator}' has operands of other types"),
    };
}

/// <summary>One of two, of which the other is not worked out.</summary>
internal sealed record Conditional(Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression
{
    public override bool IsConstant => Condition.IsConstant && WhenTrue.IsConstant && WhenFalse.IsConstant;

    public override object? Evaluate(ParameterValues parameters) => (Condition.Evaluate(parameters) is true ? WhenTrue : WhenFalse).Evaluate(parameters);
}

/// <summary>A whole number as a real one, or the whole part of a real number.</summary>
internal sealed record NumberConversion(Expression Number, bool IsToDouble) : Expression
{
    public override bool IsConstant => Number.IsConstant;

    public override object? Evaluate(ParameterValues parameters) => (Number.Evaluate(parameters), IsToDouble) switch
    {
        (int number, true) => (double)number,
        (double number, false) => checked((int)number),
        (var number, _) => number,
    };
}

/// <summary>An array of whole numbers, of real ones, or of texts.</summary>
internal sealed record ArrayOf(EquatableArray<Expression> Elements) : Expression
{
    public override bool IsConstant => Elements.All(element => element.IsConstant);

    public override object? Evaluate(ParameterValues parameters)
    {
        object?[] values = [.. Elements.Select(element => element.Evaluate(parameters))];
        return values.All(value => value is int) ? values.Cast<int>().ToArray()
            : values.All(value => value is double) ? values.Cast<double>().ToArray()
            : values.Select(value => value as string ?? "").ToArray();
    }
}
