namespace NetGen;

/// <summary>
/// A convolution of signals that shares no weights between places: [inChannels, l] to [outChannels, outLength] as of <see cref="Conv1dAttribute"/>, with <c>weight</c>
/// [outLength, kernelSize·inChannels, outChannels] and <c>bias</c> [outLength, outChannels]. The layout and the meaning of Keras' <c>LocallyConnected1D</c>.
/// </summary>
/// <param name="outChannels">Channels produced, at least 1.</param>
/// <param name="kernelSize">Places of the window, at least 1.</param>
/// <param name="stride">Places from one window to the next, at least 1.</param>
/// <param name="padding">Zeros added on both sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
/// <param name="bias">Whether a bias is added.</param>
public sealed class LocallyConnected1dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, bool bias = true) : WeightedLayerAttribute
{
    /// <summary>Channels produced.</summary>
    public int OutChannels { get; } = outChannels;

    /// <summary>Places of the window.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>Places from one window to the next.</summary>
    public int Stride { get; } = stride;

    /// <summary>Zeros added on both sides.</summary>
    public int Padding { get; } = padding;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; } = bias;
}
