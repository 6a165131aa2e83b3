using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Mean and 1/σ of each channel over the batch, and the running statistics moved towards them.</summary>
/// <param name="Node">The layer.</param>
/// <param name="X">Values.</param>
/// <param name="RunningMean">Changed.</param>
/// <param name="RunningVariance">Changed.</param>
/// <param name="Statistics">Mean and 1/σ, per channel.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch in the running statistics.</param>
internal sealed record BatchStatistics(int Node, int X, int RunningMean, int RunningVariance, int Statistics, double Eps, double Momentum) : Operation(Node)
{
    public override string Label => "batch statistics";

    public override EquatableArray<int> Reads => [X, RunningMean, RunningVariance];

    public override EquatableArray<int> Writes => [RunningMean, RunningVariance, Statistics];
}

/// <summary>A running statistic becomes the mean of those of all training batches: moved towards this one's by one over their number.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Counter">The layer's count of batches, by its number among the network's.</param>
/// <param name="OfBatch">This batch's.</param>
/// <param name="Running">Changed.</param>
internal sealed record CumulativeMean(int Node, int Counter, int OfBatch, int Running) : Operation(Node)
{
    public override string Label => "mean of all batches";

    public override EquatableArray<int> Reads => [OfBatch, Running];

    public override EquatableArray<int> Writes => [Running];
}

/// <summary>The running statistics in their place.</summary>
internal sealed record RunningStatistics(int Node, int RunningMean, int RunningVariance, int Statistics, double Eps) : Operation(Node)
{
    public override string Label => "running statistics";

    public override EquatableArray<int> Reads => [RunningMean, RunningVariance];

    public override EquatableArray<int> Writes => [Statistics];
}

/// <summary>y = (x − mean)/σ · weight + bias, per channel.</summary>
internal sealed record Normalize(int Node, int X, int Weight, int Bias, int Statistics, int Y) : Operation(Node)
{
    /// <summary>By running statistics in every mode, and with weights that nothing moves.</summary>
    public bool IsFixed { get; init; }

    public override string Label => "normalisation";

    public override EquatableArray<int> Reads => [X, Weight, Bias, Statistics];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        NormalizeInputGradient ByConstants(int dx) => new(Node, X, dy, Weight, Statistics, -1, dx);
        if (IsFixed)
        {
            gradients.ContributeWhole(X, ByConstants);
            return;
        }
        // As this pass found them: the parameters' own gradients are the user's to change.
        int sums = gradients.NewStatistics("sums", Statistics);
        gradients.ContributeToParameters(target =>
        {
            // Where constants are in the place of parameters, there is memory for what nobody asks for.
            int Gradient(int parameter, string purpose) => gradients.Trains(parameter) ? target(parameter) : gradients.NewStatistics(purpose, parameter);
            return new NormalizeParameterGradient(Node, X, dy, Statistics, Gradient(Weight, "scale"), Gradient(Bias, "shift"), sums);
        });
        gradients.ContributeWhole(
            X,
            dx => new NormalizeInputGradient(Node, X, dy, Weight, Statistics, sums, dx) { When = When.Training },
            dx => ByConstants(dx) with { When = When.Evaluation });
    }
}

/// <summary>The gradients of weight and bias, and to <see cref="Sums"/> what the gradients of all inputs of a channel share.</summary>
internal sealed record NormalizeParameterGradient(int Node, int X, int DY, int Statistics, int DWeight, int DBias, int Sums) : Operation(Node)
{
    public override string Label => "scale and shift gradients";

    public override EquatableArray<int> Reads => [X, DY, Statistics];

    public override EquatableArray<int> Writes => [DWeight, DBias, Sums];
}

/// <summary>The gradient of the input: through the batch's statistics, or where <see cref="Sums"/> is -1 with constant ones.</summary>
internal sealed record NormalizeInputGradient(int Node, int X, int DY, int Weight, int Statistics, int Sums, int DX) : Operation(Node)
{
    public override string Label => Sums < 0 ? "input gradient with running statistics" : "input gradient";

    public override EquatableArray<int> Reads => Sums < 0 ? [DY, Weight, Statistics] : [X, DY, Weight, Statistics, Sums];

    public override EquatableArray<int> Writes => [DX];
}
