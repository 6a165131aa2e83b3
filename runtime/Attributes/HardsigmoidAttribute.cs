namespace NetGen;

/// <summary><c>min(max(x + 3, 0), 6)/6</c>, element by element. PyTorch's <c>nn.Hardsigmoid</c>.</summary>
public sealed class HardsigmoidAttribute : LayerAttribute;
