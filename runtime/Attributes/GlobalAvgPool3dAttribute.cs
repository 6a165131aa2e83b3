namespace NetGen;

/// <summary>The mean of each channel over the whole volume: [c, d, h, w] to a vector of c features. PyTorch's <c>nn.AdaptiveAvgPool3d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalAvgPool3dAttribute : LayerAttribute;
