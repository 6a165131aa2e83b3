namespace NetGen;

/// <summary>
/// Makes a constant of a block a number that its uses may choose: the first one declared is the first number of <c>[Use&lt;TBlock&gt;(…)]</c>. Where a use leaves it
/// out, it has the value that is declared. The constant is of type int.
/// </summary>
[AttributeUsage(AttributeTargets.Field, AllowMultiple = false, Inherited = false)]
public sealed class ParameterAttribute : Attribute;
