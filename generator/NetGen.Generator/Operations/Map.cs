using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>A function applied to every value: y = f(x).</summary>
internal sealed record Map(int Node, Function Function, int X, int Y) : Operation(Node)
{
    public override string Label => Function.ToString();

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { X = other(X), Y = other(Y) };

    public override void Differentiate(GradientBuilder gradients)
    {
        int stored = Function.Derivative switch { DerivativeSource.Output => Y, DerivativeSource.Input => X, _ => -1 };
        gradients.InPlace(X, Y, Function.Kind == FunctionKind.Copy ? null : (dx, dy) => new MapGradient(Node, Function, stored, dy, dx));
    }
}

/// <summary>dx = dy · f′.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Function">f.</param>
/// <param name="Stored">What the derivative is told from: the function's output or its input; -1: it is the same everywhere.</param>
/// <param name="DY">The gradient of the output.</param>
/// <param name="DX">That of the input.</param>
internal sealed record MapGradient(int Node, Function Function, int Stored, int DY, int DX) : Operation(Node)
{
    public override string Label => Function + " gradient";

    public override EquatableArray<int> Reads => Stored < 0 ? [DY] : [Stored, DY];

    public override EquatableArray<int> Writes => [DX];

    public override Operation On(Func<int, int> other) => this with { Stored = Stored < 0 ? Stored : other(Stored), DY = other(DY), DX = other(DX) };

    /// <summary>The same as an epilogue of what makes <see cref="DY"/>.</summary>
    public EpilogueStep AsEpilogue => new(EpilogueKind.Derivative, Function, Stored);
}

/// <summary>The sum of two values, element by element.</summary>
internal sealed record Sum(int Node, int A, int B, int Y) : Operation(Node)
{
    public override string Label => "sum";

    public override EquatableArray<int> Reads => [A, B];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { A = other(A), B = other(B), Y = other(Y) };

    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        // One term's gradient may be the sum's own memory, once the other has its share.
        (int first, int last) = gradients.Has(A) ? (A, B) : (B, A);
        Share(first);
        if (A == B || gradients.Has(last))
            Share(last);
        else
            gradients.InPlace(last, Y, null);

        void Share(int term) =>
            gradients.Contribute(term, (dx, accumulates) => accumulates ? new Sum(Node, dx, dy, dx) : new Map(Node, Function.Copy, dy, dx));
    }
}

/// <summary>The product of two values, element by element.</summary>
internal sealed record ElementProduct(int Node, int A, int B, int Y) : Operation(Node)
{
    public override string Label => "product by element";

    public override EquatableArray<int> Reads => [A, B];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { A = other(A), B = other(B), Y = other(Y) };

    /// <summary>Each factor's gradient is the product's times the other factor.</summary>
    public override void Differentiate(GradientBuilder gradients)
    {
        int dy = gradients.Of(Y);
        gradients.ContributeWhole(A, dx => new ElementProduct(Node, dy, B, dx));
        gradients.ContributeWhole(B, dx => new ElementProduct(Node, dy, A, dx));
    }
}

/// <summary>
/// Zeroes values with a probability and scales the others up. The mask is a function of seed, sample and element, so the backward pass makes it again.
/// </summary>
/// <param name="Node">The layer; its number keeps two layers from dropping alike.</param>
/// <param name="X">Values, or gradients on the way back.</param>
/// <param name="Y">What is left of them.</param>
/// <param name="Probability">Of a value to be dropped.</param>
/// <param name="IsPerChannel">The values of a channel share a choice.</param>
/// <param name="IsGradient">On the way back.</param>
internal sealed record Dropout(int Node, int X, int Y, double Probability, bool IsPerChannel, bool IsGradient = false) : Operation(Node)
{
    public override string Label => IsGradient ? "dropout gradient" : "dropout";

    public override EquatableArray<int> Reads => [X];

    public override EquatableArray<int> Writes => [Y];

    public override Operation On(Func<int, int> other) => this with { X = other(X), Y = other(Y) };

    public override void Differentiate(GradientBuilder gradients) =>
        gradients.InPlace(X, Y, (dx, dy) => new Dropout(Node, dy, dx, Probability, IsPerChannel, IsGradient: true) { When = When.Training });
}
