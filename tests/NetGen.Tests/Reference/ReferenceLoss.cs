namespace NetGen.Tests.Reference;

/// <summary>A loss over a batch of outputs, averaged as PyTorch's reduction = "mean" does.</summary>
internal abstract record ReferenceLoss
{
    /// <summary>The loss and its gradient with respect to the outputs.</summary>
    public abstract (double Value, double[] Gradient) Evaluate(double[] outputs, int batch);
}

/// <summary>−log softmax(x)[label], averaged over the samples.</summary>
internal sealed record CrossEntropyLoss(int[] Labels) : ReferenceLoss
{
    public override (double Value, double[] Gradient) Evaluate(double[] outputs, int batch)
    {
        int classes = outputs.Length / batch;
        var gradient = new double[outputs.Length];
        var value = 0.0;
        for (var n = 0; n < batch; n++)
        {
            ReadOnlySpan<double> row = outputs.AsSpan(n * classes, classes);
            double largest = row[0];
            foreach (double x in row)
                largest = Math.Max(largest, x);
            var sum = 0.0;
            foreach (double x in row)
                sum += Math.Exp(x - largest);
            value += (largest + Math.Log(sum) - row[Labels[n]]) / batch;
            for (var c = 0; c < classes; c++)
                gradient[n * classes + c] = (Math.Exp(row[c] - largest) / sum - (c == Labels[n] ? 1 : 0)) / batch;
        }
        return (value, gradient);
    }
}

/// <summary>−x[label] of log-probabilities, averaged over the samples.</summary>
internal sealed record NegativeLogLikelihoodLoss(int[] Labels) : ReferenceLoss
{
    public override (double Value, double[] Gradient) Evaluate(double[] outputs, int batch)
    {
        int classes = outputs.Length / batch;
        var gradient = new double[outputs.Length];
        var value = 0.0;
        for (var n = 0; n < batch; n++)
        {
            value -= outputs[n * classes + Labels[n]] / batch;
            gradient[n * classes + Labels[n]] = -1.0 / batch;
        }
        return (value, gradient);
    }
}

/// <summary>(x − target)², averaged over all elements.</summary>
internal sealed record MeanSquaredErrorLoss(double[] Targets) : ReferenceLoss
{
    public override (double Value, double[] Gradient) Evaluate(double[] outputs, int batch)
    {
        var gradient = new double[outputs.Length];
        var value = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            double difference = outputs[i] - Targets[i];
            value += difference * difference / outputs.Length;
            gradient[i] = 2 * difference / outputs.Length;
        }
        return (value, gradient);
    }
}

/// <summary>Σ x · coefficient: its gradient is the coefficients, so that a test can send any gradient through a network.</summary>
internal sealed record WeightedSumLoss(double[] Coefficients) : ReferenceLoss
{
    public override (double Value, double[] Gradient) Evaluate(double[] outputs, int batch) =>
        (outputs.Zip(Coefficients, (x, w) => x * w).Sum(), Coefficients);
}
