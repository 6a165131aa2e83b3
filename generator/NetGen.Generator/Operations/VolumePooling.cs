using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>The largest value, or the mean, of each window of a volume, whose slices lie one below the other.</summary>
internal sealed record VolumePooling(int Node, PoolingKind Kind, VolumeWindows Windows, int X, int Y) : Operation(Node)
{
    public override string Label => Kind == PoolingKind.Max ? "largest of windows of a volume" : "mean of windows of a volume";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new VolumePoolingGradient(Node, Kind, Windows, X, Y, dy, dx));
    }
}

/// <summary>Each output's gradient to the first largest value of its window, or to all of them in equal parts.</summary>
internal sealed record VolumePoolingGradient(int Node, PoolingKind Kind, VolumeWindows Windows, int X, int Y, int DY, int DX) : Operation(Node)
{
    public override string Label => "pooling gradient of a volume";

    public override EquatableArray<int> Reads => Kind == PoolingKind.Max ? [X, Y, DY] : [DY];

    public override EquatableArray<int> Writes => [DX];
}

/// <summary>Which inputs an output sees, direction by direction.</summary>
internal sealed record VolumeWindows(UnevenAxis Slices, UnevenAxis Rows, UnevenAxis Columns);
