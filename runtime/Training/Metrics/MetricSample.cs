namespace NetGen;

/// <summary>What a network gave for a sample, and what it should have been.</summary>
public readonly ref struct MetricSample
{
    private readonly OutputForm form;
    private readonly int channels;
    private readonly int? ignored;

    internal MetricSample(ReadOnlySpan<float> outputs, int? label, ReadOnlySpan<float> targets, OutputForm form, int channels, int? ignored)
    {
        Outputs = outputs;
        Label = label;
        Targets = targets;
        this.form = form;
        this.channels = channels;
        this.ignored = ignored;
    }

    /// <summary>The outputs, in row-major order of the network's output shape.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The class; null where the sample has targets.</summary>
    public int? Label { get; }

    /// <summary>What the outputs should be; empty where the sample has a class.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>Classes that a decision is between: those of the outputs, of each pixel, or no and yes.</summary>
    public int Classes => Label is not null ? Math.Max(2, Outputs.Length) : IsOfPixels ? channels : 2;

    /// <summary>Decisions of the sample: one, one for each pixel, or one for each output that is a yes or no of its own.</summary>
    public int Decisions => Label is not null ? 1 : Targets.Length;

    /// <summary>A decision.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="predicted">The class that the outputs speak for.</param>
    /// <param name="actual">The class that it should be.</param>
    /// <returns>Whether it counts: not where the label is one that the loss ignores.</returns>
    public bool Decide(int index, out int predicted, out int actual)
    {
        if (Label is { } label)
        {
            (predicted, actual) = (NetGen.Classes.Of(Outputs, form), label);
            return label != ignored;
        }
        float target = Targets[index];
        if (!IsOfPixels)
        {
            (predicted, actual) = (NetGen.Classes.Of(Outputs.Slice(index, 1), form), target > 0.5f ? 1 : 0);
            return true;
        }
        predicted = 0;
        for (var c = 1; c < channels; c++)
            predicted = Outputs[(c * Targets.Length) + index] > Outputs[(predicted * Targets.Length) + index] ? c : predicted;
        actual = (int)target;
        return target != ignored;
    }

    /// <summary>How much the outputs speak for a class, comparable between samples.</summary>
    /// <param name="index">The decision.</param>
    /// <param name="ofClass">The class.</param>
    internal double Score(int index, int ofClass)
    {
        if (Label is null && !IsOfPixels)
            return ofClass == 1 ? Outputs[index] : -Outputs[index];
        if (Label is not null && Outputs.Length == 1)
            return ofClass == 1 ? Outputs[0] : -Outputs[0];
        if (form is OutputForm.Softmax or OutputForm.LogSoftmax)
            return Outputs[ofClass];
        int step = Label is not null ? 1 : Targets.Length, count = Classes;
        double largest = double.NegativeInfinity, sum = 0;
        for (var c = 0; c < count; c++)
            largest = Math.Max(largest, Outputs[(c * step) + index]);
        for (var c = 0; c < count; c++)
            sum += Math.Exp(Outputs[(c * step) + index] - largest);
        return Outputs[(ofClass * step) + index] - largest - Math.Log(sum);
    }

    private bool IsOfPixels => Targets.Length != Outputs.Length;
}
