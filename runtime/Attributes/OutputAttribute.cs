namespace NetGen;

/// <summary>
/// Names a further output of the network: that of the layer right before it, or of the one that <see cref="From"/> names. The last layer's output is the main one, which
/// predictions give. <c>[Output("aux1")]</c> of a class <c>Net</c> makes <c>Net.Aux1Size</c>, <c>Net.Aux1Shape</c> and <c>pass.Aux1Output</c>.
/// </summary>
/// <remarks>
/// A pass gives all outputs and takes a gradient of each; a trainer takes a loss for each (<see cref="OutputLoss"/>). A prediction computes nothing that only further
/// outputs need.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>A further output.</summary>
    /// <param name="name">Its name: letters, digits and underscores, a letter first.</param>
    public OutputAttribute(string name) => Name = name;

    /// <summary>The output's name.</summary>
    public string Name { get; }

    /// <summary>The layer above whose output it is; left out, the one right before it.</summary>
    public string? From { get; set; }
}
