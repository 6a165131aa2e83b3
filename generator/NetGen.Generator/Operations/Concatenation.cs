using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Channels of several values, one after the other.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Parts">In order.</param>
/// <param name="Channels">How many each has.</param>
/// <param name="Y">All of them.</param>
internal sealed record Concatenation(int Node, EquatableArray<int> Parts, EquatableArray<int> Channels, int Y) : Operation(Node)
{
    public override string Label => "concatenation";

    public override EquatableArray<int> Reads => Parts;

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { Parts = Parts.Select(other).ToEquatableArray(), Y = other(Y) };

    /// <summary>Each part's gradient is its part of the gradient.</summary>
    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y), first = 0;
        for (var i = 0; i < Parts.Count; i++)
        {
            (int from, int channels) = (first, Channels[i]);
            gradients.ContributeWhole(Parts[i], dx => new ChannelRange(Node, dy, from, channels, dx));
            first += channels;
        }
    }
}

/// <summary>Some channels of a value, from <paramref name="First"/> on.</summary>
internal sealed record ChannelRange(int Node, int X, int First, int Channels, int Y) : Operation(Node)
{
    public override string Label => "channels";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { X = other(X), Y = other(Y) };
}
