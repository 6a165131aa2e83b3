using NetGen.Engine;

namespace NetGen;

/// <summary>What a trainer's calls are checked for, before anything changes.</summary>
internal sealed class TrainerChecks(NetworkState network, Loss loss, int batch, FurtherLosses further)
{
    private readonly string? layerOfSingleValues = BatchStatistics.LayerOfSingleValues(network.Definition);
    private readonly DataChecks data = new($"{network.Definition.Name}'s trainer", network.Definition, loss) { Further = further };

    /// <summary>How many batches a step takes.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Most samples of a step, which computes as many of them at a time as the trainer was made for.</summary>
    public int Most => batch * Steps;

    /// <summary>Values that a loss over values compares a sample's outputs with.</summary>
    public int TargetSize { get; } = loss.TargetSize(network.Definition.OutputShape);

    private string TargetText => TargetSize == network.OutputSize ? $"{network.Definition.OutputShape}" : $"{TargetSize}";

    private string Name => $"{network.Definition.Name}'s trainer";

    /// <summary>That a loss may be told values: floats that stand for classes would have to be rounded.</summary>
    public void TakesValues()
    {
        if (loss.TakesLabels)
            throw new InvalidOperationException($"{Name}: this loss compares with class labels; values are given. Use Step(inputs, labels) with whole numbers.");
    }

    /// <summary>The samples of a step's values.</summary>
    public int CountOfTargets(int values, string parameter)
    {
        (int count, int rest) = Math.DivRem(values, TargetSize);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"{Name}: this loss compares with values: a multiple of {TargetSize} values ({TargetText}) is expected, and {values} are given.", parameter);
        }
        return count;
    }

    /// <summary>The samples of a step, as many as <paramref name="parameter"/> is for.</summary>
    public void Count(int count, string parameter)
    {
        if (count < 1 || count > Most)
        {
            string made = Steps == 1 ? "the batch it was made for" : $"{Steps} times the batch it was made for";
            throw new ArgumentException($"{Name}: a step takes 1 to {Most} samples, {made}, and {count} are given.", parameter);
        }
        if ((count - 1) % batch == 0 && layerOfSingleValues is { } layer)
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

    public void Weights(ReadOnlySpan<float> weights, int count)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != count)
            throw new ArgumentException($"{Name}: {count} samples need {count} weights, and {weights.Length} are given.", nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !float.IsFinite(weights[i]))
                throw new ArgumentException($"{Name}: weight {i} is {weights[i]}; a finite number of at least 0 is expected.", nameof(weights));
        }
    }

    /// <summary>That there is a class for each sample, or a target for each output: a batch may be of a set for another network.</summary>
    public void AnswerCount(in Batch samples, string parameter)
    {
        (int given, long expected) = loss.TakesLabels
            ? (samples.Labels.Length, samples.Count)
            : (samples.Targets.Length, (long)samples.Count * TargetSize);
        if (given != expected)
        {
            throw new ArgumentException(
                $"{Name}: {samples.Count} samples need {expected} {(loss.TakesLabels ? "labels" : $"targets ({samples.Count} × {TargetText})")}, and {given} are given.",
                parameter);
        }
    }

    /// <summary>What the samples of a step should be, as the loss will read it.</summary>
    public void Answers(in Batch samples, string parameter) => data.Answers(samples, parameter);

    /// <inheritdoc cref="DataChecks.AnswersAgain"/>
    public void AnswersAgain(in Batch samples) => data.AnswersAgain(samples);

    /// <inheritdoc cref="DataChecks.Set"/>
    public void Data(DataSet set, string parameter) => data.Set(set, parameter);

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
        if (data.Count < Most)
        {
            throw new ArgumentException(
                $"{Name}: dropLast leaves nothing of this data set: a full batch of {Most} samples is expected, and it has {data.Count}.", parameter);
        }
    }
}
