using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Softmax over all features of a sample, or its logarithm.</summary>
internal sealed record Softmax(int Node, bool IsLog, int X, int Y) : Operation(Node)
{
    public override string Label => IsLog ? "log-softmax" : "softmax";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients) =>
        gradients.InPlace(X, Y, (dx, dy) => new SoftmaxGradient(Node, IsLog, Y, dy, dx));
}

/// <summary>The gradient less what all terms share.</summary>
internal sealed record SoftmaxGradient(int Node, bool IsLog, int Y, int DY, int DX) : Operation(Node)
{
    public override string Label => IsLog ? "log-softmax gradient" : "softmax gradient";

    public override EquatableArray<int> Reads => [Y, DY];

    public override EquatableArray<int> Writes => [DX];
}
