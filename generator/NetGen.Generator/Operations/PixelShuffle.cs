using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Channels to pixels, y[c, h·f + i, w·f + j] = x[c·f² + i·f + j, h, w], or back.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Factor">f.</param>
/// <param name="IsInverse">Pixels to channels.</param>
/// <param name="X">Read.</param>
/// <param name="Y">Written.</param>
internal sealed record PixelShuffle(int Node, int Factor, bool IsInverse, int X, int Y) : Operation(Node)
{
    public override string Label => IsInverse ? "pixels to channels" : "channels to pixels";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    /// <summary>Each gradient goes back to where its value came from.</summary>
    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new PixelShuffle(Node, Factor, !IsInverse, dy, dx));
    }
}
