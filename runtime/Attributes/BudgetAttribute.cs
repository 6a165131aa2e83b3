namespace NetGen;

/// <summary>
/// What a network may cost at most: more is an error where it is compiled, which names the layers that cost most. What is left out is without a limit.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>Trainable values, at least 0: the generated <c>ParameterCount</c>.</summary>
    public long Parameters { get; set; } = long.MaxValue;

    /// <summary>Multiply-adds of one sample's forward pass, at least 0: the generated <c>MultiplyAdds</c>.</summary>
    public long MultiplyAdds { get; set; } = long.MaxValue;

    /// <summary>Bytes of layers' outputs that a prediction of one sample needs at once, at least 0: the generated <c>ActivationBytes</c>.</summary>
    public long ActivationBytes { get; set; } = long.MaxValue;
}
