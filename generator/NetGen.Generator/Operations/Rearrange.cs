using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>The same vector of features, one of the two being a flattened image, whose order in memory is a target's to choose.</summary>
internal sealed record Rearrange(int Node, int X, int Y) : Operation(Node)
{
    public override string Label => "rearrangement";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new Rearrange(Node, dy, dx));
    }
}
