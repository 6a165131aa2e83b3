namespace NetGen;

/// <summary>
/// <c>xᵢ − log Σⱼ eˣʲ</c> over the features of a sample.
/// PyTorch's <c>nn.LogSoftmax(dim=1)</c>, for <c>Loss.NegativeLogLikelihood</c>.
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
