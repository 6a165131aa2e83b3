namespace NetGen.Generator.Layers;

/// <summary>What a layer's outputs are, as far as losses care; the names are the runtime's <c>OutputForm</c>.</summary>
internal enum OutputForm
{
    Raw,
    Softmax,
    LogSoftmax,
    Sigmoid,
}
