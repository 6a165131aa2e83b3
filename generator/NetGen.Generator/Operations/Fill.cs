using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>One number in all places of what belongs to the whole batch.</summary>
internal sealed record Fill(int Node, int X, double Number) : Operation(Node)
{
    public override string Label => "constant";

    public override EquatableArray<int> Reads => [];

    public override EquatableArray<int> Writes => [X];
}
