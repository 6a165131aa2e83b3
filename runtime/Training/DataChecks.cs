using NetGen.Engine;

namespace NetGen;

/// <summary>What samples and a loss are checked for before a network trains or is measured on them.</summary>
/// <param name="name">Whose messages they are.</param>
/// <param name="network">The network.</param>
/// <param name="loss">A loss that goes with it.</param>
internal sealed class DataChecks(string name, NetworkDefinition network, Loss loss)
{
    private readonly int outputs = network.OutputShape.Size;

    /// <summary>Losses of further outputs, which compare with the same labels or targets.</summary>
    public FurtherLosses Further { get; init; } = FurtherLosses.None;

    /// <summary>That a loss goes with a network's outputs.</summary>
    public void GoTogether(string parameter)
    {
        if (loss.Mismatch(network) is { } mismatch)
            throw new ArgumentException($"{name}: {loss} does not go with this network: {mismatch}.", parameter);
    }

    /// <summary>A data set to train or to measure on, given as <paramref name="parameter"/>.</summary>
    public void Set(DataSet data, string parameter)
    {
        ArgumentNullException.ThrowIfNull(data, parameter);
        if (data.Count == 0)
            throw new ArgumentException($"{name}: the data set is empty.", parameter);
        if (data.InputSize != network.InputShape.Size)
        {
            throw new ArgumentException(
                $"{name}: the data set's samples have shape {data.InputShape}, {data.InputSize} values, and the network takes {network.InputShape}, {network.InputShape.Size}.",
                parameter);
        }
        if (loss.TakesLabels && !data.HasLabels)
            throw new InvalidOperationException($"{name}: this loss compares with class labels, and the data set has targets of shape {data.TargetShape}.");
        if (!loss.TakesLabels && data.HasLabels && outputs != 1)
        {
            throw new InvalidOperationException(
                $"{name}: this loss compares each of {outputs} outputs with a value, and the data set has a class label for each sample. Use Loss.CrossEntropy, or a DataSet with targets.");
        }
        int expected = loss.TargetSize(network.OutputShape);
        if (!data.HasLabels && data.TargetSize != expected)
        {
            string beside = expected == outputs ? $"{outputs}" : $"of which {loss} takes {expected} values";
            throw new ArgumentException(
                $"{name}: the data set's targets have shape {data.TargetShape}, {data.TargetSize} values, and the network's outputs {network.OutputShape}, {beside}.", parameter);
        }
        Answers(data.View(0, data.Count), parameter);
    }

    /// <summary>That each label is a class, or each target one that the loss takes.</summary>
    public void Answers(in Batch samples, string parameter)
    {
        ReadOnlySpan<int> labels = samples.Labels;
        if (loss.TakesLabels)
        {
            for (var i = 0; i < labels.Length; i++)
            {
                if ((uint)labels[i] >= (uint)outputs && labels[i] != loss.IgnoreIndex)
                    throw new ArgumentException($"{name}: label {samples.IndexOf(i)} is {labels[i]}; with {outputs} outputs it must lie in [0, {outputs}).", parameter);
            }
            return;
        }
        Values(loss, samples, parameter);
        foreach (Loss one in Further.Losses)
            Values(one, samples, parameter);
    }

    /// <summary>That a loss over values takes the samples' targets, or labels in their place.</summary>
    private void Values(Loss loss, in Batch samples, string parameter)
    {
        ReadOnlySpan<int> labels = samples.Labels;
        for (var i = 0; i < labels.Length; i++)
        {
            float value = labels[i];
            if (loss.FirstWrong(new ReadOnlySpan<float>(in value), network.OutputShape) >= 0)
                throw new ArgumentException($"{name}: label {samples.IndexOf(i)} is {labels[i]}; {loss.TargetRule(network.OutputShape)}.", parameter);
        }
        ReadOnlySpan<float> targets = samples.Targets;
        if (loss.FirstWrong(targets, network.OutputShape) is >= 0 and int wrong)
        {
            (int sample, int target) = Math.DivRem(wrong, loss.TargetSize(network.OutputShape));
            throw new ArgumentException(
                $"{name}: target {target} of sample {samples.IndexOf(sample)} is {targets[wrong]}; {loss.TargetRule(network.OutputShape)}.", parameter);
        }
    }

    /// <summary>The same for some samples of a set that was checked before the run.</summary>
    public void AnswersAgain(in Batch samples)
    {
        try
        {
            Answers(samples, "data");
        }
        catch (ArgumentException changed)
        {
            throw new InvalidOperationException($"The data set has changed since the run began. {changed.Message}", changed);
        }
    }
}
