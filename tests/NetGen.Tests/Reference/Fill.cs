namespace NetGen.Tests.Reference;

/// <summary>What kind of values a tensor of a test is filled with; see <see cref="Filler"/>.</summary>
internal enum Fill
{
    /// <summary>v · 2⁻ᵏ with 4ᵏ ≤ fan-in &lt; 4ᵏ⁺¹: sums of fan-in products stay near 1.</summary>
    Weight,

    /// <summary>v / 4.</summary>
    Bias,

    /// <summary>1 + v / 2: positive, for the weights and the variances of normalisations.</summary>
    Scale,

    /// <summary>v / 2: for the biases and the means of normalisations.</summary>
    Shift,

    /// <summary>v: inputs.</summary>
    Plain,
}
