namespace NetGen;

/// <summary>The mean of each channel over the whole signal: [c, l] to a vector of c features. PyTorch's <c>nn.AdaptiveAvgPool1d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalAvgPool1dAttribute : LayerAttribute;
