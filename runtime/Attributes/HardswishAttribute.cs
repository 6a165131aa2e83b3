namespace NetGen;

/// <summary><c>x·min(max(x + 3, 0), 6)/6</c>, element by element. PyTorch's <c>nn.Hardswish</c> (Howard et al., 2019, arXiv:1905.02244).</summary>
public sealed class HardswishAttribute : LayerAttribute;
