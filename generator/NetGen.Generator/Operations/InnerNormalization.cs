using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// y = (x − mean)/σ · weight + bias, where mean and σ are those of neighbouring lines of a channel: of the last dimensions of a sample, for each place of the others.
/// </summary>
/// <param name="Node">The layer.</param>
/// <param name="Lines">Lines that are normalised together, one below the other.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="X">Values.</param>
/// <param name="Weight">Of each place of such lines; -1: there are neither weights nor biases.</param>
/// <param name="Bias">The same.</param>
/// <param name="Statistics">Of each channel, in rows with a column for each of its parts: mean and 1/σ, each with what it has no room for.</param>
/// <param name="Y">Normalised.</param>
internal sealed record InnerNormalize(int Node, int Lines, double Eps, int X, int Weight, int Bias, int Statistics, int Y) : Operation(Node)
{
    public override string Label => "normalisation of last dimensions";

    public override EquatableArray<int> Reads => Weight < 0 ? [X] : [X, Weight, Bias];

    public override EquatableArray<int> Writes => [Statistics, Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        if (gradients.Trains(Weight))
            gradients.ContributeToParameters(target => new InnerParameterGradient(Node, Lines, X, dy, Statistics, target(Weight), target(Bias)));
        gradients.ContributeWhole(X, dx => new InnerInputGradient(Node, Lines, X, dy, Weight, Statistics, dx));
    }
}

/// <summary>The gradients of weight and bias, summed over samples, channels and parts.</summary>
internal sealed record InnerParameterGradient(int Node, int Lines, int X, int DY, int Statistics, int DWeight, int DBias) : Operation(Node)
{
    public override string Label => "scale and shift gradients";

    public override EquatableArray<int> Reads => [X, DY, Statistics];

    public override EquatableArray<int> Writes => [DWeight, DBias];
}

/// <summary>The gradient of the input, through the statistics.</summary>
internal sealed record InnerInputGradient(int Node, int Lines, int X, int DY, int Weight, int Statistics, int DX) : Operation(Node)
{
    public override string Label => "input gradient";

    public override EquatableArray<int> Reads => Weight < 0 ? [X, DY, Statistics] : [X, DY, Weight, Statistics];

    public override EquatableArray<int> Writes => [DX];
}
