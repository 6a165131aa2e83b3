using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Mean and 1/σ of each group of channels of each sample, over the group's channels and all pixels.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Groups">Groups of neighbouring channels, of equal size.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="X">Values.</param>
/// <param name="Statistics">Of each sample, for each channel: its group's mean, 1/σ and the mean's rest.</param>
internal sealed record SampleStatistics(int Node, int Groups, double Eps, int X, int Statistics) : Operation(Node)
{
    public override string Label => "statistics of groups";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Statistics];
}

/// <summary>y = (x − mean)/σ · weight + bias, with the statistics of a sample's groups.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="X">Values.</param>
/// <param name="Weight">Of each channel, or of each value of a sample; -1: there are neither weights nor biases.</param>
/// <param name="Bias">The same.</param>
/// <param name="IsPerValue">Whether there is a weight for each value of a sample.</param>
/// <param name="Statistics">What <see cref="SampleStatistics"/> found.</param>
/// <param name="Y">Normalised.</param>
internal sealed record SampleNormalize(int Node, int Groups, int X, int Weight, int Bias, bool IsPerValue, int Statistics, int Y) : Operation(Node)
{
    public override string Label => "normalisation of groups";

    public override EquatableArray<int> Reads => Weight < 0 ? [X, Statistics] : [X, Weight, Bias, Statistics];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        if (gradients.Trains(Weight))
            gradients.ContributeToParameters(target => new SampleParameterGradient(Node, X, dy, IsPerValue, Statistics, target(Weight), target(Bias)));
        int sums = gradients.NewPerSample("sums", Statistics);
        gradients.Emit(new SampleGradientSums(Node, Groups, X, dy, Weight, IsPerValue, Statistics, sums));
        gradients.ContributeWhole(X, dx => new SampleInputGradient(Node, X, dy, Weight, IsPerValue, Statistics, sums, dx));
    }
}

/// <summary>The gradients of weight and bias, summed over samples, and over pixels where channels share theirs.</summary>
internal sealed record SampleParameterGradient(int Node, int X, int DY, bool IsPerValue, int Statistics, int DWeight, int DBias) : Operation(Node)
{
    public override string Label => "scale and shift gradients";

    public override EquatableArray<int> Reads => [X, DY, Statistics];

    public override EquatableArray<int> Writes => [DWeight, DBias];
}

/// <summary>What the gradients of all inputs of a group share: the mean of dy·weight, and how much of it goes along with the values.</summary>
internal sealed record SampleGradientSums(int Node, int Groups, int X, int DY, int Weight, bool IsPerValue, int Statistics, int Sums) : Operation(Node)
{
    public override string Label => "sums of gradients";

    public override EquatableArray<int> Reads => Weight < 0 ? [X, DY, Statistics] : [X, DY, Weight, Statistics];

    public override EquatableArray<int> Writes => [Sums];
}

/// <summary>The gradient of the input, through the statistics.</summary>
internal sealed record SampleInputGradient(int Node, int X, int DY, int Weight, bool IsPerValue, int Statistics, int Sums, int DX) : Operation(Node)
{
    public override string Label => "input gradient";

    public override EquatableArray<int> Reads => Weight < 0 ? [X, DY, Statistics, Sums] : [X, DY, Weight, Statistics, Sums];

    public override EquatableArray<int> Writes => [DX];
}
