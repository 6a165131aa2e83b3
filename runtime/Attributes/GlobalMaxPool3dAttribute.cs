namespace NetGen;

/// <summary>The largest value of each channel over the whole volume: [c, d, h, w] to a vector of c features. PyTorch's <c>nn.AdaptiveMaxPool3d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalMaxPool3dAttribute : LayerAttribute;
