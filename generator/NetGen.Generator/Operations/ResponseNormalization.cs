using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>Each value divided by a power of what its channel and those beside it answer at the same pixel: y = x · scale^−β.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Window">Which channels, and the numbers.</param>
/// <param name="X">Values.</param>
/// <param name="Scale">k + α/size · Σ x², which the way back needs.</param>
/// <param name="Y">Normalised.</param>
internal sealed record ResponseNormalization(int Node, ResponseWindow Window, int X, int Scale, int Y) : Operation(Node)
{
    public override string Label => "response normalisation";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Scale, Y];

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y), terms = gradients.NewPerSample("terms", X);
        gradients.ContributeWhole(X, dx => new ResponseNormalizationGradient(Node, Window, X, Y, dy, Scale, terms, dx));
    }
}

/// <summary>dx = dy · scale^−β − 2αβ/size · x · Σ dy·y/scale, over the channels whose windows the value is in.</summary>
internal sealed record ResponseNormalizationGradient(int Node, ResponseWindow Window, int X, int Y, int DY, int Scale, int Terms, int DX) : Operation(Node)
{
    public override string Label => "response normalisation gradient";

    public override EquatableArray<int> Reads => [X, Y, DY, Scale];

    public override EquatableArray<int> Writes => [Terms, DX];
}

/// <summary>Neighbouring channels, from size/2 before to (size − 1)/2 behind, and how they count.</summary>
internal readonly record struct ResponseWindow(int Size, double Alpha, double Beta, double K);
