using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Softmax, or its logarithm, over all features of a sample.</summary>
internal sealed record Softmax(int Node, bool IsLog, int X, int Y) : Operation(Node)
{
    /// <summary>Over the channels of each pixel instead.</summary>
    public bool IsPerPixel { get; init; }

    public override string Label => IsLog ? "log-softmax" : "softmax";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients) =>
        gradients.InPlace(X, Y, (dx, dy) => new SoftmaxGradient(Node, IsLog, Y, dy, dx) { IsPerPixel = IsPerPixel });
}

/// <summary>The gradient less what all terms share.</summary>
internal sealed record SoftmaxGradient(int Node, bool IsLog, int Y, int DY, int DX) : Operation(Node)
{
    /// <summary>The channels of a pixel share it, not all features.</summary>
    public bool IsPerPixel { get; init; }

    public override string Label => IsLog ? "log-softmax gradient" : "softmax gradient";

    public override EquatableArray<int> Reads => [Y, DY];

    public override EquatableArray<int> Writes => [DX];
}
