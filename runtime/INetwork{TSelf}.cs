namespace NetGen;

/// <summary>A network as a type parameter: code over <c>TNetwork : INetwork&lt;TNetwork&gt;</c> can make one and knows its shapes.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : INetwork where TSelf : INetwork<TSelf>
{
    /// <summary>Shape of one input sample.</summary>
    static new abstract Shape InputShape { get; }

    /// <summary>Shape of one sample's output.</summary>
    static new abstract Shape OutputShape { get; }

    /// <summary>A network with new parameters, initialised as PyTorch does it.</summary>
    /// <param name="seed">The same seed makes the same parameters; any whole number of at least 0 is one.</param>
    static abstract TSelf Create(Seed seed);

    /// <summary>A network with the parameters of a safetensors file.</summary>
    /// <exception cref="WeightsException">The file is damaged or of another network.</exception>
    static abstract TSelf Load(string path);
}
