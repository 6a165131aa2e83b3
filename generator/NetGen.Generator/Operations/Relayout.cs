using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>The same numbers in other memory: from where two parts of a program lie differently, the value of one for the other.</summary>
internal sealed record Relayout(int Node, int X, int Y) : Operation(Node)
{
    public override string Label => "relayout";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];
}
