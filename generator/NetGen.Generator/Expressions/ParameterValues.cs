using NetGen.Generator.Collections;

namespace NetGen.Generator.Expressions;

/// <summary>The parameters of a block with the values that one use gives them.</summary>
/// <param name="parameters">All there are.</param>
/// <param name="given">The use's values of the first ones.</param>
internal sealed class ParameterValues(EquatableArray<BlockParameter> parameters, IReadOnlyList<int> given)
{
    /// <summary>Those of a network, which has none.</summary>
    public static readonly ParameterValues None = new([], []);

    /// <summary>The value of a parameter; one that was not given has its declared value, for the values of those that were.</summary>
    public int this[int number] => number < given.Count ? given[number] : (int)parameters[number].Otherwise.Evaluate(this)!;

    /// <summary>What was given, for messages: <c> where Channels is 64 and Stride is 2</c>; empty if nothing was.</summary>
    public override string ToString()
    {
        IEnumerable<string> values = parameters.Zip(given, (parameter, value) => FormattableString.Invariant($"{parameter.Name} is {value}"));
        return given.Count == 0 ? "" : " where " + string.Join(" and ", values);
    }
}
