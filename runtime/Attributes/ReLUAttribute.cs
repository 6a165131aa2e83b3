namespace NetGen;

/// <summary><c>max(x, 0)</c>, element by element. PyTorch's <c>nn.ReLU</c>.</summary>
public sealed class ReLUAttribute : LayerAttribute;
