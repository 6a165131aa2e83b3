namespace NetGen;

/// <summary>
/// How a new network fills a parameter: PyTorch's <c>torch.nn.init</c>, by name. Fan-in and fan-out are those of PyTorch: of a weight's shape, the second and the
/// first extent, each times the extents behind them.
/// </summary>
public enum Init
{
    /// <summary>As PyTorch's layer does by itself: Linear and Conv2d uniform within 1/√fan-in, normalisations with weight 1 and bias 0.</summary>
    Default,

    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>A value: <c>InitValue</c>, 0 if left out.</summary>
    Constant,

    /// <summary>Uniform from <c>InitLow</c> (0 if left out) to <c>InitHigh</c> (1).</summary>
    Uniform,

    /// <summary>Normal, of mean <c>InitMean</c> (0 if left out) and standard deviation <c>InitStd</c> (1).</summary>
    Normal,

    /// <summary>
    /// Normal, of mean <c>InitMean</c> (0 if left out) and standard deviation <c>InitStd</c> (1), as if drawn again until it lies from <c>InitLow</c> (−2) to
    /// <c>InitHigh</c> (2): values, not deviations, as in PyTorch.
    /// </summary>
    TruncatedNormal,

    /// <summary>
    /// Uniform within gain · √(3/fan), gain being <c>InitGain</c> (<see cref="Gain.ReLU"/> if left out), fan as <c>InitFan</c> says (<see cref="Fan.In"/>):
    /// the signal keeps its size from layer to layer (He et al., 2015, arXiv:1502.01852).
    /// </summary>
    KaimingUniform,

    /// <summary>Normal, of standard deviation gain/√fan, otherwise as <see cref="KaimingUniform"/>.</summary>
    KaimingNormal,

    /// <summary>Uniform within gain · √(6/(fan-in + fan-out)), gain being <c>InitGain</c> (1 if left out) (Glorot and Bengio, 2010).</summary>
    XavierUniform,

    /// <summary>Normal, of standard deviation gain · √(2/(fan-in + fan-out)), otherwise as <see cref="XavierUniform"/>.</summary>
    XavierNormal,

    /// <summary>
    /// A random matrix whose rows, or where there are more of those its columns, are orthogonal and of length <c>InitGain</c> (1 if left out). The rows of a
    /// convolution are its kernels (Saxe, McClelland and Ganguli, 2013, arXiv:1312.6120). Large ones take a while: of n outputs with m inputs each, 2·n·m·min(n, m)
    /// operations.
    /// </summary>
    Orthogonal,
}
