using System.ComponentModel;
using NetGen.Engine;

namespace NetGen;

/// <summary>A network as a type parameter: code over <c>TNetwork : INetwork&lt;TNetwork&gt;</c> can make one and knows its shapes.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : INetwork where TSelf : INetwork<TSelf>
{
    /// <summary>Shape of one input sample.</summary>
    static new abstract Shape InputShape { get; }

    /// <summary>Shape of one sample's output.</summary>
    static new abstract Shape OutputShape { get; }

    /// <summary>What all networks of the class run, and their sizes, without one of them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract NetworkProgram Program { get; }

    /// <summary>A network with new parameters, initialised as PyTorch does it.</summary>
    /// <param name="seed">The same seed makes the same parameters; any whole number of at least 0 is one.</param>
    static abstract TSelf Create(Seed seed);

    /// <summary>A network with the parameters of a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="WeightsException">The file is damaged, changes while it is read, or is of another network.</exception>
    /// <exception cref="IOException">The file cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    static abstract TSelf Load(string path);

    /// <summary>
    /// A network with the parameters of one safetensors file's bytes: those from where a stream stands to the end of the last tensor, so that other
    /// things may follow.
    /// </summary>
    /// <param name="stream">The stream, which is left open and need not be able to seek. After an exception it stands anywhere.</param>
    /// <exception cref="ArgumentException">The stream is null, or cannot be read from.</exception>
    /// <exception cref="WeightsException">The bytes are damaged, end early, or are of another network.</exception>
    static abstract TSelf Load(Stream stream);
}
