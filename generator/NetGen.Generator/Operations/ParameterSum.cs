using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Adds to a parameter's gradient what a further layer with that parameter gives to it.</summary>
/// <param name="Node">That layer.</param>
/// <param name="Sum">The gradient.</param>
/// <param name="Part">What is added.</param>
internal sealed record ParameterSum(int Node, int Sum, int Part) : Operation(Node)
{
    public override string Label => "sum of gradients";

    public override EquatableArray<int> Reads => [Sum, Part];

    public override EquatableArray<int> Writes => [Sum];

    public override Operation On(Func<int, int> other) => this with { Sum = other(Sum), Part = other(Part) };
}
