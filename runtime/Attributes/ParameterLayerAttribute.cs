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
}
