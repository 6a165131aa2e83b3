namespace NetGen;

/// <summary>
/// <c>eˣⁱ / Σⱼ eˣʲ</c> over the features of a sample.
/// PyTorch's <c>nn.Softmax(dim=1)</c>. To train, leave it out and use <c>Loss.CrossEntropy</c>.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute;
