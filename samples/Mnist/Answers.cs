using System.Collections.Immutable;
using System.Numerics.Tensors;
using NetGen;

namespace MnistSample;

/// <summary>What a network answers on a data set.</summary>
/// <param name="Counts">How often a digit (row) was taken for another (column).</param>
/// <param name="Mistakes">The wrong answers, the surest first.</param>
internal sealed record Answers(int[,] Counts, ImmutableArray<Mistake> Mistakes)
{
    private const int BatchSize = 250;

    public static Answers Of(INetwork network, DataSet data)
    {
        int classes = data.ClassCount, index = 0;
        var counts = new int[classes, classes];
        var mistakes = new List<Mistake>();
        var outputs = new float[BatchSize * classes];
        var probabilities = new float[classes];
        foreach (Batch batch in data.Batches(BatchSize))
        {
            network.Predict(batch.Inputs, outputs.AsSpan(0, batch.Count * classes));
            for (int i = 0; i < batch.Count; i++, index++)
            {
                ReadOnlySpan<float> logits = outputs.AsSpan(i * classes, classes);
                int answer = TensorPrimitives.IndexOfMax(logits);
                counts[batch.Labels[i], answer]++;
                if (answer == batch.Labels[i])
                    continue;
                TensorPrimitives.SoftMax(logits, probabilities);
                mistakes.Add(new(index, batch.Labels[i], answer, probabilities[answer]));
            }
        }
        return new(counts, [.. mistakes.OrderByDescending(mistake => mistake.Probability).ThenBy(mistake => mistake.Index)]);
    }
}
