namespace NetGen;

/// <summary>The mean of each channel over the whole image: [c, h, w] to a vector of c features. PyTorch's <c>nn.AdaptiveAvgPool2d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalAvgPool2dAttribute : LayerAttribute;
