using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>The largest value, or the mean, of each window.</summary>
internal sealed record Pooling(int Node, PoolingKind Kind, Window Window, int X, int Y) : Operation(Node)
{
    /// <summary>How windows differ; null: they are all whole, or it makes no difference.</summary>
    public UnevenWindows? Uneven { get; init; }

    public override string Label => Kind == PoolingKind.Max ? "largest of windows" : "mean of windows";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { X = other(X), Y = other(Y) };

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(X, dx => new PoolingGradient(Node, Kind, Window, X, Y, dy, dx) { Uneven = Uneven });
    }
}

/// <summary>Each output's gradient to the first largest value of its window, or to all of them in equal parts.</summary>
internal sealed record PoolingGradient(int Node, PoolingKind Kind, Window Window, int X, int Y, int DY, int DX) : Operation(Node)
{
    /// <inheritdoc cref="Pooling.Uneven"/>
    public UnevenWindows? Uneven { get; init; }

    /// <summary>Also multiplies by ReLU's derivative, told from X, which is ReLU's output.</summary>
    public bool MasksByInput { get; init; }

    public override string Label => "pooling gradient";

    public override EquatableArray<int> Reads => Kind == PoolingKind.Max ? [X, Y, DY] : [DY];

    public override EquatableArray<int> Writes => [DX];

    public override Operation On(Func<int, int> other) => this with { X = other(X), Y = other(Y), DY = other(DY), DX = other(DX) };

    public override Operation? TryAbsorb(EpilogueStep step, int target) =>
        Kind == PoolingKind.Max && step is { Kind: EpilogueKind.Derivative, Function.Kind: FunctionKind.ReLU } && !MasksByInput
            ? this with { DX = target, MasksByInput = true } : null;
}

/// <summary>What a pooling keeps of a window.</summary>
internal enum PoolingKind
{
    Max,

    /// <summary>The mean over the whole window, its padding zeros included, unless windows are uneven.</summary>
    Average,
}
