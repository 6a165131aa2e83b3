namespace NetGen;

/// <summary>The largest value of each channel over the whole image: [c, h, w] to a vector of c features. PyTorch's <c>nn.AdaptiveMaxPool2d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalMaxPool2dAttribute : LayerAttribute;
