using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// Zeroes a gradient that contributions are going to be added to, where a backward pass starts so that it does not come by the contribution that
/// would have been the first.
/// </summary>
internal sealed record Clear(int Node, int X) : Operation(Node)
{
    public override string Label => "zero";

    public override EquatableArray<int> Reads => [];

    public override EquatableArray<int> Writes => [X];

    public override Operation On(Func<int, int> other) => this with { X = other(X) };
}
