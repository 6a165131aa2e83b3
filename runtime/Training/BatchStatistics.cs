using NetGen.Engine;

namespace NetGen;

/// <summary>Layers that normalise by the statistics of a training batch.</summary>
internal static class BatchStatistics
{
    private const string Variance = ".running_var";

    /// <summary>
    /// The first layer, of those that are not frozen, that gets a single value per channel from a batch of one sample; null where there is none. One value has no variance: it
    /// would be normalised to 0, whatever it is, and move the running variance towards 0. PyTorch refuses such a batch too.
    /// </summary>
    public static string? LayerOfSingleValues(NetworkDefinition definition)
    {
        foreach (ParameterDefinition parameter in definition.Parameters)
        {
            if (parameter.IsTrainable || parameter.IsFrozen || !parameter.Name.EndsWith(Variance, StringComparison.Ordinal))
                continue;
            string layer = parameter.Name[..^Variance.Length];
            if (definition.FindNode(layer) is >= 0 and int node && definition.Activations[node].Shape.Size == parameter.Shape.Size)
                return layer;
        }
        return null;
    }

    /// <summary>What is wrong with a training batch of one sample for such a layer.</summary>
    public static ArgumentException Refusal(string name, string layer, string parameter) => new(
        $"{name}: {layer} normalises by the statistics of a training batch, and expects more than 1 value per channel; a batch of 1 sample has 1.", parameter);
}
