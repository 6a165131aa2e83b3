namespace NetGen;

/// <summary>
/// <c>eˣⁱ / Σⱼ eˣʲ</c> over the features of a sample.
/// PyTorch's <c>nn.Softmax(dim=1)</c>. To train, leave it out and use <see cref="Loss.CrossEntropy"/>.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute;
