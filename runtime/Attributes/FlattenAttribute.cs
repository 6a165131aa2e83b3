namespace NetGen;

/// <summary>[channels, height, width] to [channels·height·width], in that order. PyTorch's <c>nn.Flatten</c>.</summary>
public sealed class FlattenAttribute : LayerAttribute;
