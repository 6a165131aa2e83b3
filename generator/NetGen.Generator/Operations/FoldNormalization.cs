using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// Weights and a bias that do what a product and the batch normalisation behind it do in evaluation: with f = weight / √(variance + ε), w·f and
/// (bias − mean)·f + shift.
/// </summary>
/// <param name="Node">The normalisation.</param>
/// <param name="W">The product's weights.</param>
/// <param name="Bias">The product's bias; -1: none.</param>
/// <param name="Weight">Of the normalisation.</param>
/// <param name="Shift">Of the normalisation.</param>
/// <param name="RunningMean">Of the normalisation.</param>
/// <param name="RunningVariance">Of the normalisation.</param>
/// <param name="Eps">Added to the variance.</param>
/// <param name="FoldedW">Lies as the weights do.</param>
/// <param name="FoldedBias">A value for each channel.</param>
internal sealed record FoldNormalization(
    int Node, int W, int Bias, int Weight, int Shift, int RunningMean, int RunningVariance, double Eps, int FoldedW, int FoldedBias) : Operation(Node)
{
    public override string Label => "folding";

    public override EquatableArray<int> Reads => [W, .. new[] { Bias }.Where(id => id >= 0), Weight, Shift, RunningMean, RunningVariance];

    public override EquatableArray<int> Writes => [FoldedW, FoldedBias];
}
