using System.IO.Enumeration;

namespace NetGen;

/// <summary>
/// A rule for some parameters of a network: another weight decay, or a multiple of the learning rate. PyTorch's parameter groups, told by names or by a
/// condition instead of lists: <c>new AdamW { Groups = [ParameterGroup.NoDecay, new("features.*") { LearningRateFactor = 0.1 }] }</c>
/// </summary>
public sealed record ParameterGroup
{
    private readonly double factor = 1;
    private readonly double? decay;

    /// <summary>The parameters for which a condition holds. It is asked once for each, when the optimizer is given its network.</summary>
    /// <exception cref="ArgumentNullException">The condition is null.</exception>
    public ParameterGroup(Func<Parameter, bool> contains)
    {
        ArgumentNullException.ThrowIfNull(contains);
        Contains = contains;
    }

    /// <summary>The parameters of a name such as <c>conv1.weight</c>, or of many: * stands for any characters, ? for one.</summary>
    /// <param name="pattern">The name; a network without such a parameter is refused.</param>
    /// <exception cref="ArgumentException">The pattern is empty.</exception>
    public ParameterGroup(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Pattern = pattern;
        Contains = parameter => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), parameter.Name, ignoreCase: false);
    }

    /// <summary>No weight decay on biases and on the parameters of normalisations (<see cref="Parameter.IsBiasOrNorm"/>), which it helps nothing.</summary>
    public static ParameterGroup NoDecay { get; } = new(parameter => parameter.IsBiasOrNorm) { WeightDecay = 0 };

    /// <summary>Multiplies the learning rate, at least 0. The factors of all rules that a parameter comes under are multiplied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => factor;
        init => factor = Check.NotNegative(value, nameof(LearningRateFactor));
    }

    /// <summary>The weight decay in place of the optimizer's, at least 0; null: as it is. Of several rules the last one that says something counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double? WeightDecay
    {
        get => decay;
        init => decay = value is { } given ? Check.NotNegative(given, nameof(WeightDecay)) : null;
    }

    /// <summary>Whether a parameter comes under it.</summary>
    internal Func<Parameter, bool> Contains { get; }

    /// <summary>The pattern of names, where there is one: it should match something.</summary>
    internal string? Pattern { get; }
}
