namespace NetGen;

/// <summary>
/// Declares a network: the class's <see cref="InputAttribute"/> and layer attributes describe it, and the generator writes the code that
/// runs and trains it. The class must be partial, and neither static, abstract nor generic.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
