namespace NetGen;

/// <summary><c>min(max(x, 0), 6)</c>, element by element. PyTorch's <c>nn.ReLU6</c>.</summary>
public sealed class ReLU6Attribute : LayerAttribute;
