namespace NetGen;

/// <summary><c>1 / (1 + e⁻ˣ)</c>, element by element. PyTorch's <c>nn.Sigmoid</c>.</summary>
public sealed class SigmoidAttribute : LayerAttribute;
