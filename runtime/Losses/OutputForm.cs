namespace NetGen;

/// <summary>What a network's outputs are, told by its last layer but for <see cref="FlattenAttribute"/>.</summary>
[Flags]
public enum OutputForm
{
    /// <summary>Any numbers, as of <see cref="LinearAttribute"/> or <see cref="Conv2dAttribute"/>: what is called logits where a loss turns them into probabilities.</summary>
    Raw = 1,

    /// <summary>Probabilities of classes, which sum to 1: <see cref="SoftmaxAttribute"/>.</summary>
    Softmax = 2,

    /// <summary>Logarithms of such probabilities: <see cref="LogSoftmaxAttribute"/>.</summary>
    LogSoftmax = 4,

    /// <summary>A probability at each output, on its own: <see cref="SigmoidAttribute"/>.</summary>
    Sigmoid = 8,

    /// <summary>Whatever a network may give, for losses that expect nothing in particular.</summary>
    Any = Raw | Softmax | LogSoftmax | Sigmoid,
}
