using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// The slices of a volume as channels, so that a convolution of images is one of volumes:
/// <c>y[c·K + k, (o, r), q] = x[c, (o·stride + k·dilation − before, r − above), q − left]</c> for K taps k.
/// </summary>
/// <param name="Node">The layer.</param>
/// <param name="Slices">What becomes of slices and their rows and columns.</param>
/// <param name="X">A volume: rows of all slices one below the other.</param>
/// <param name="Y">The same, of more channels.</param>
internal sealed record Unfold(int Node, Unfolding Slices, int X, int Y) : Operation(Node)
{
    public override string Label => "slices to channels";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new Fold(Node, Slices, dy, dx));
    }
}

/// <summary>The transpose of <see cref="Unfold"/>: each value is added to the one that its place is read from there.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Slices">What becomes of slices and their rows and columns, there.</param>
/// <param name="X">Slices as channels.</param>
/// <param name="Y">A volume.</param>
/// <param name="Bias">What a sum starts from, by its channel; -1: zero.</param>
internal sealed record Fold(int Node, Unfolding Slices, int X, int Y, int Bias = -1) : Operation(Node)
{
    public override string Label => "channels to slices";

    public override EquatableArray<int> Reads => Bias < 0 ? [X] : [X, Bias];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        if (gradients.Trains(Bias))
            gradients.ContributeToParameters(target => new ChannelSum(Node, dy, target(Bias)));
        gradients.ContributeWhole(X, dx => new Unfold(Node, Slices, dy, dx));
    }
}

/// <summary>Where the values come from.</summary>
/// <param name="Kind">What is outside of a volume: one of those that move pixels.</param>
/// <param name="Taps">Slices that an output's channels are made of.</param>
/// <param name="Stride">Slices from one output to the next.</param>
/// <param name="Dilation">Slices from one tap to the next; below 0: backwards.</param>
/// <param name="Before">Slices before the first one.</param>
/// <param name="Depth">Slices that are read, and that are written.</param>
/// <param name="Rows">Rows of a slice that are read, from row −above on those that are written, and where slices begin: every so many rows.</param>
/// <param name="Columns">The same of columns.</param>
internal sealed record Unfolding(ResamplingKind Kind, int Taps, int Stride, int Dilation, int Before, (int Input, int Output) Depth, UnfoldedRows Rows, UnfoldedColumns Columns);

/// <summary>Rows of slices.</summary>
/// <param name="Input">Rows of a slice that are read.</param>
/// <param name="InputPitch">Rows from one slice that is read to the next.</param>
/// <param name="Output">Rows of a slice that are written; what is between them and the next slice becomes 0.</param>
/// <param name="OutputPitch">Rows from one slice that is written to the next; the last one has no more than its own.</param>
/// <param name="Above">Rows above the first one.</param>
internal readonly record struct UnfoldedRows(int Input, int InputPitch, int Output, int OutputPitch, int Above);

/// <summary>Columns of slices: those that are read and written, and how many there are left of the first one.</summary>
internal readonly record struct UnfoldedColumns(int Input, int Output, int Left);
