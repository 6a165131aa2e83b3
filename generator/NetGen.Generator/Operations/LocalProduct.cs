using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// A convolution whose weights are those of each place alone: <c>Y[n, oc, o] = B[o, oc] + Σ X[n, ic, o·stride + k − before] · W[o, k, ic, oc]</c>.
/// </summary>
/// <param name="Node">The layer.</param>
/// <param name="Window">Extents.</param>
/// <param name="X">The input.</param>
/// <param name="W">The weights.</param>
/// <param name="Bias">What an output's sum starts from; -1: zero.</param>
/// <param name="Y">The output.</param>
internal sealed record LocalProduct(int Node, Window Window, int X, int W, int Bias, int Y) : Operation(Node)
{
    public override string Label => "local product";

    public override EquatableArray<int> Reads => Bias < 0 ? [X, W] : [X, W, Bias];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        if (gradients.Trains(W))
            gradients.ContributeToParameters(target => new LocalWeightGradient(Node, Window, X, dy, target(W), Bias < 0 ? -1 : target(Bias)));
        gradients.ContributeWhole(X, dx => new LocalInputGradient(Node, Window, W, dy, dx));
    }
}

/// <summary>The gradient of a <see cref="LocalProduct"/>'s input.</summary>
internal sealed record LocalInputGradient(int Node, Window Window, int W, int DY, int DX) : Operation(Node)
{
    public override string Label => "input gradient";

    public override EquatableArray<int> Reads => [W, DY];

    public override EquatableArray<int> Writes => [DX];
}

/// <summary>The gradients of a <see cref="LocalProduct"/>'s weights, and of its bias if it has one.</summary>
internal sealed record LocalWeightGradient(int Node, Window Window, int X, int DY, int DW, int DBias) : Operation(Node)
{
    public override string Label => "weight gradient";

    public override EquatableArray<int> Reads => [X, DY];

    public override EquatableArray<int> Writes => DBias < 0 ? [DW] : [DW, DBias];
}
