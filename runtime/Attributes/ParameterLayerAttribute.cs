namespace NetGen;

/// <summary>A layer that has parameters.</summary>
public abstract class ParameterLayerAttribute : LayerAttribute
{
    private protected ParameterLayerAttribute()
    {
    }

    /// <summary>
    /// Whether its parameters stay as they are: they are loaded, saved and set by name as others are, but have no gradient, and no optimizer moves or
    /// decays them. A training step does nothing on its way back below the lowest layer that trains. PyTorch's <c>requires_grad_(False)</c>.
    /// </summary>
    /// <remarks>
    /// A frozen layer is a fixed function: a batch normalisation normalises by its running statistics in training too, and leaves them alone, as in PyTorch
    /// after <c>.eval()</c> and in Keras.
    /// </remarks>
    public bool Frozen { get; set; }

    /// <summary>
    /// The layer above, of the same kind, in the same network or block, whose parameters this one has: they are there once, in
    /// <see cref="INetwork.Parameters"/> and in files, by that layer's name, and their gradient is the sum of what all layers give that have them. Left out, the layer has its own.
    /// Shapes must be equal, and a bias be there in both or in neither; strides, padding and dilation may differ.
    /// </summary>
    /// <remarks>Layers that share a batch normalisation each normalise by their own batch, and each moves the running statistics.</remarks>
    public string? Weights { get; set; }
}
