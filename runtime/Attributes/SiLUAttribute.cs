namespace NetGen;

/// <summary><c>x / (1 + e⁻ˣ)</c>, element by element, also called swish. PyTorch's <c>nn.SiLU</c> (Elfwing, Uchibe and Doya, 2017, arXiv:1702.03118).</summary>
public sealed class SiLUAttribute : LayerAttribute;
