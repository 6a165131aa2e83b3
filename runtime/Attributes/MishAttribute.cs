namespace NetGen;

/// <summary><c>x·tanh(log(1 + eˣ))</c>, element by element. PyTorch's <c>nn.Mish</c> (Misra, 2019, arXiv:1908.08681).</summary>
public sealed class MishAttribute : LayerAttribute;
