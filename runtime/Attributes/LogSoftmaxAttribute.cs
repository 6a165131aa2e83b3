namespace NetGen;

/// <summary>
/// <c>xᵢ − log Σⱼ eˣʲ</c> over the features of a sample.
/// PyTorch's <c>nn.LogSoftmax(dim=1)</c>, for <see cref="Loss.NegativeLogLikelihood"/>.
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
