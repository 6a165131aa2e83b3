using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// The one product that linear and convolution layers are made of, forward and backward. Three tensors are linked by
/// <c>Y[n, oc, o] = Σ X[n, ic, o·stride + k − before] · W[oc, ic, k]</c>; <see cref="Target"/> says which of the three is computed from the
/// other two, so that the forward pass, the input gradient and the weight gradient are the same operation read three ways. With groups, oc and ic are
/// channels of the same group, and W has the input channels of one group.
/// </summary>
/// <param name="Node">The layer.</param>
/// <param name="Window">Extents.</param>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="X">The input, or its gradient.</param>
/// <param name="W">The weights, or their gradient.</param>
/// <param name="Y">The output, or its gradient.</param>
/// <param name="Bias">What a sum starts from, by its channel; -1: zero.</param>
internal sealed record Contraction(int Node, Window Window, Target Target, int X, int W, int Y, int Bias = -1) : Operation(Node)
{
    /// <summary>Forward, X is made of Y: a transposed convolution is the input gradient of another.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Adds to what the target holds.</summary>
    public bool Accumulates { get; init; }

    /// <summary>What happens to a sum before it is stored.</summary>
    public EquatableArray<EpilogueStep> Epilogue { get; init; } = [];

    public override string Label => Target switch
    {
        Target.Input when IsTransposed => "transposed convolution",
        Target.Output when IsTransposed => "input gradient",
        Target.Output => Window.IsLinear ? "product" : Window.IsDepthwise ? "depthwise convolution" : "convolution",
        Target.Input => "input gradient",
        _ => "weight gradient",
    };

    public override EquatableArray<int> Reads =>
    [
        .. new[] { Target == Target.Input ? -1 : X, Target == Target.Weight ? -1 : W, Target == Target.Output ? -1 : Y, Bias }.Where(id => id >= 0),
        .. Accumulates ? Writes : [],
        .. Epilogue.Where(step => step.Stored >= 0).Select(step => step.Stored),
    ];

    public override EquatableArray<int> Writes => [Target switch { Target.Output => Y, Target.Input => X, _ => W }];

    public override Operation On(Func<int, int> other) => this with
    {
        X = other(X),
        W = other(W),
        Y = other(Y),
        Bias = Bias < 0 ? Bias : other(Bias),
        Epilogue = Epilogue.Select(step => step.Stored < 0 ? step : step with { Stored = other(step.Stored) }).ToEquatableArray(),
    };

    public override void Differentiate(GradientBuilder gradients)
    {
        int made = gradients.Of(IsTransposed ? X : Y);
        if (gradients.Trains(W))
            gradients.ContributeToParameters(target => this with { Target = Target.Weight, W = target(W), X = IsTransposed ? made : X, Y = IsTransposed ? Y : made, Bias = -1 });
        if (gradients.Trains(Bias))
            gradients.ContributeToParameters(target => new ChannelSum(Node, made, target(Bias)));
        if (IsTransposed)
            gradients.Contribute(Y, (dy, accumulates) => this with { Target = Target.Output, X = made, Y = dy, Bias = -1, Accumulates = accumulates });
        else
            gradients.Contribute(X, (dx, accumulates) => this with { Target = Target.Input, X = dx, Y = made, Bias = -1, Accumulates = accumulates });
    }

    public override Operation? TryAbsorb(EpilogueStep step, int target)
    {
        bool isGradient = Target == (IsTransposed ? Target.Output : Target.Input);
        bool suits = step.Kind == EpilogueKind.Derivative ? isGradient && !Accumulates && step.Function!.IsEpilogue : Target == Target.Output && !IsTransposed;
        return !suits || Epilogue.Count > 0 ? null
            : Target == Target.Output ? this with { Y = target, Epilogue = [step] }
            : this with { X = target, Epilogue = [step] };
    }
}

/// <summary>Which tensor a <see cref="Contraction"/> computes.</summary>
internal enum Target
{
    /// <summary>Forward.</summary>
    Output,

    /// <summary>Input gradient.</summary>
    Input,

    /// <summary>Weight gradient.</summary>
    Weight,
}

/// <summary>The sum of an output's gradient over samples and pixels, for each channel: the gradient of a bias.</summary>
internal sealed record ChannelSum(int Node, int Y, int Sum) : Operation(Node)
{
    public override string Label => "bias gradient";

    public override EquatableArray<int> Reads => [Y];

    public override EquatableArray<int> Writes => [Sum];

    public override Operation On(Func<int, int> other) => this with { Y = other(Y), Sum = other(Sum) };
}
