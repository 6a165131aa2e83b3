namespace NetGen;

/// <summary>The largest value of each channel over the whole signal: [c, l] to a vector of c features. PyTorch's <c>nn.AdaptiveMaxPool1d(1)</c> and <c>nn.Flatten</c>.</summary>
public sealed class GlobalMaxPool1dAttribute : LayerAttribute;
