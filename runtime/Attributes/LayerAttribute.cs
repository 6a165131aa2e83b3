namespace NetGen;

/// <summary>Base of the attributes that declare layers. A network's layers are its layer attributes in the order of the source.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>The kinds of layers are those that the generator knows.</summary>
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name: of its parameters in files (<c>name.weight</c>), of its activation in a pass. Left out, it is the kind and
    /// its number: <c>conv1</c>, <c>conv2</c>, <c>linear1</c>.
    /// </summary>
    public string? As { get; set; }

    /// <summary>
    /// The layer above whose output this one takes, by its name, or <c>"input"</c> for the network's input. Left out, it is that of the layer right
    /// before it.
    /// </summary>
    public string? From { get; set; }
}
