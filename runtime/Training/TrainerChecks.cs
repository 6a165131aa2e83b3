using NetGen.Engine;

namespace NetGen;

/// <summary>What a trainer's calls are checked for, before anything changes.</summary>
internal sealed class TrainerChecks(NetworkState network, Loss loss, int batch)
{
    private readonly string? layerOfSingleValues = BatchStatistics.LayerOfSingleValues(network.Definition);

    private string Name => $"{network.Definition.Name}'s trainer";

    public void TakesLabels()
    {
        if (!loss.TakesLabels)
            throw new InvalidOperationException($"{Name}: this loss compares with values; class labels are given. Use Step(inputs, targets).");
    }

    public void TakesValues()
    {
        if (loss.TakesLabels)
            throw new InvalidOperationException($"{Name}: this loss compares with class labels; values are given.");
    }

    /// <summary>The samples of a step's <paramref name="targets"/>.</summary>
    public int CountOfTargets(ReadOnlySpan<float> targets)
    {
        (int count, int rest) = Math.DivRem(targets.Length, network.OutputSize);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"{Name}: targets must hold a multiple of {network.OutputSize} values ({network.Definition.OutputShape}), and holds {targets.Length}.", nameof(targets));
        }
        return count;
    }

    /// <summary>The samples of a step, as many as <paramref name="parameter"/> is for.</summary>
    public void Count(int count, string parameter)
    {
        if (count < 1 || count > batch)
            throw new ArgumentException($"{Name}: a step takes 1 to {batch} samples, the batch it was made for, and {count} are given.", parameter);
        if (count == 1 && layerOfSingleValues is { } layer)
            throw BatchStatistics.Refusal(Name, layer, parameter);
    }

    public void Inputs(ReadOnlySpan<float> inputs, int count, string beside)
    {
        if (inputs.Length != (long)count * network.InputSize)
        {
            throw new ArgumentException(
                $"{Name}: {count} {beside} need inputs of {(long)count * network.InputSize} values ({count} × {network.Definition.InputShape}), and {inputs.Length} are given.",
                nameof(inputs));
        }
    }

    public void Labels(ReadOnlySpan<int> labels, string parameter = "labels")
    {
        var classes = (uint)network.OutputSize;
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= classes)
                throw new ArgumentException($"{Name}: label {i} is {labels[i]}; with {classes} outputs it must lie in [0, {classes}).", parameter);
        }
    }

    /// <summary>A data set to train or to measure on, given as <paramref name="parameter"/>.</summary>
    public void Data(DataSet data, string parameter)
    {
        ArgumentNullException.ThrowIfNull(data, parameter);
        if (!loss.TakesLabels)
        {
            throw new InvalidOperationException(
                $"{Name}: this loss compares with values, and a DataSet has class labels only. Use Step(inputs, targets) to train, and Predict to measure.");
        }
        if (!data.HasLabels)
            throw new InvalidOperationException($"{Name}: this loss compares with class labels, and the data set has targets.");
        if (data.Count == 0)
            throw new ArgumentException($"{Name}: the data set is empty.", parameter);
        if (data.InputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"{Name}: the data set's samples have shape {data.InputShape}, {data.InputSize} values, and the network takes {network.Definition.InputShape}, {network.InputSize}.",
                parameter);
        }
        Labels(data.Labels, parameter);
    }

    /// <summary>
    /// That the last batch of a data set is one that a step takes. Found only when its turn comes, a batch of one sample would leave the network
    /// after most of an epoch.
    /// </summary>
    public void LastBatch(DataSet data, string parameter)
    {
        if (layerOfSingleValues is { } layer && (data.Count - 1) % batch == 0)
        {
            throw new ArgumentException(
                $"{Name}: {layer} normalises by the statistics of a training batch, and expects more than 1 value per channel; the last of {data.Count} samples in batches of {batch} stands alone."
                + (batch > 1 ? " Leave it out by dropLast: true, or choose another size of batch." : " Choose a larger batch."), parameter);
        }
    }

    /// <summary>A data set whose shorter last batch is left out.</summary>
    public void HasFullBatch(DataSet data, string parameter)
    {
        if (data.Count < batch)
        {
            throw new ArgumentException(
                $"{Name}: dropLast leaves nothing of this data set: a full batch of {batch} samples is expected, and it has {data.Count}.", parameter);
        }
    }
}
