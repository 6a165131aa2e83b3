namespace NetGen;

/// <summary>The hyperbolic tangent, element by element. PyTorch's <c>nn.Tanh</c>.</summary>
public sealed class TanhAttribute : LayerAttribute;
