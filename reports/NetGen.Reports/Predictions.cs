using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace NetGen.Reports;

/// <summary>What a network answers on a set of classes.</summary>
/// <param name="Labels">The classes.</param>
/// <param name="Answers">What they were taken for.</param>
/// <param name="Confidences">The answers' probabilities.</param>
internal sealed record Predictions(ImmutableArray<int> Labels, ImmutableArray<int> Answers, ImmutableArray<float> Confidences)
{
    private const int AtATime = 256;

    public static Predictions Of(INetwork net, DataSet data)
    {
        if (!data.HasLabels || net.OutputShape.Size != data.ClassCount)
        {
            throw new ArgumentException(
                $"{net.Name} has {net.OutputShape.Size} outputs; a set of as many classes is expected, and this one has {(data.HasLabels ? $"{data.ClassCount}" : "targets")}.", nameof(data));
        }
        int classes = data.ClassCount;
        var answers = new int[data.Count];
        var confidences = new float[data.Count];
        var probabilities = new float[classes];
        for (int start = 0; start < data.Count; start += AtATime)
        {
            int count = Math.Min(AtATime, data.Count - start);
            float[] outputs = net.Predict(data.Inputs.Slice(start * data.InputSize, count * data.InputSize));
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> row = outputs.AsSpan(i * classes, classes);
                int answer = TensorPrimitives.IndexOfMax(row);
                // The softmax of logarithms of probabilities are these probabilities.
                if (net.State.Definition.OutputForm == OutputForm.Softmax)
                    row.CopyTo(probabilities);
                else
                    TensorPrimitives.SoftMax(row, probabilities);
                (answers[start + i], confidences[start + i]) = (answer, probabilities[answer]);
            }
        }
        return new([.. data.Labels], [.. answers], [.. confidences]);
    }

    /// <summary>[class, answer].</summary>
    public int[,] Counts(int classes)
    {
        var counts = new int[classes, classes];
        for (int i = 0; i < Labels.Length; i++)
            counts[Labels[i], Answers[i]]++;
        return counts;
    }
}
