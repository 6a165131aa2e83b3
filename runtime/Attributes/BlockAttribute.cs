namespace NetGen;

/// <summary>
/// Declares a block: layers that networks use as one, with <see cref="UseAttribute{TBlock}"/>. The class's layer attributes describe it, as a network's do;
/// it has no <see cref="InputAttribute"/>, because it takes what its use gives it. Whole numbers that uses may choose are constants of the class with
/// <see cref="ParameterAttribute"/>.
/// </summary>
/// <remarks>
/// Nothing creates such a class, so it may well be abstract; C# allows no static class between the angle brackets of a use. What stands in the attributes is
/// worked out again for each use: <c>4 * Channels</c>, <c>Stride == 1 ? 0 : 1</c>, and constants that depend on parameters.
/// </remarks>
/// <example>
/// <code>
/// [Block]
/// [Conv2d(Channels, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
/// [Conv2d(Channels, 3, padding: 1, bias: false), BatchNorm2d]
/// [Add(Block.Input), ReLU]
/// public abstract class Residual
/// {
///     [Parameter] public const int Channels = 64;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class BlockAttribute : Attribute;
