using NetGen.Engine;

namespace NetGen;

/// <summary>Loads files into networks that are there already: a trained body under a new head, or a file of other names.</summary>
public static class NetworkWeights
{
    /// <summary>
    /// Loads the tensors of a safetensors file into this network, by their names. Everything is read and checked before anything changes: what is loaded
    /// is held beside the network's parameters until then. The network must not predict or train on another thread meanwhile.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">The network's names by the file's; what is not in it keeps its name.</param>
    /// <param name="strict">
    /// Whether the file must hold every parameter of the network, and nothing else. If not, what matches is loaded and the rest is told. A wrong
    /// shape is an error all the same. <c>num_batches_tracked</c> may always be missing.
    /// </param>
    /// <returns>What was loaded, missing and left over.</returns>
    /// <exception cref="ArgumentException">An argument is null, or the path is empty.</exception>
    /// <exception cref="WeightsException">
    /// The file is damaged or changes while it is read, a tensor has another shape or type or numbers that are not finite, two tensors are to become
    /// one, or, where <paramref name="strict"/>, something is missing or left over. Nothing has changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read: there is none, or it is a folder, a device or a pipe. Nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read. Nothing has changed.</exception>
    public static WeightsReport LoadWeights(
        this INetwork network, string path, IReadOnlyDictionary<string, string>? names = null, bool strict = true) =>
        StateOf(network).LoadWeights(path, ByMap(names), strict);

    /// <inheritdoc cref="LoadWeights(INetwork, string, IReadOnlyDictionary{string, string}?, bool)"/>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// The network's name for each of the file's, for example <c>name =&gt; name.Replace("module.", "")</c>; null to pass over a tensor, which is then
    /// not left over.
    /// </param>
    /// <param name="strict">
    /// Whether the file must hold every parameter of the network, and nothing else. If not, what matches is loaded and the rest is told. A wrong
    /// shape is an error all the same. <c>num_batches_tracked</c> may always be missing.
    /// </param>
    public static WeightsReport LoadWeights(this INetwork network, string path, Func<string, string?> names, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(names);
        return StateOf(network).LoadWeights(path, names, strict);
    }

    /// <inheritdoc cref="LoadWeights(INetwork, string, IReadOnlyDictionary{string, string}?, bool)"/>
    /// <summary>
    /// Loads the tensors of a safetensors stream into this network, by their names: from where the stream stands to the end of the last tensor and no
    /// further, so that other things may follow. It is left open, and need not be able to seek.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; after an exception it stands anywhere.</param>
    /// <param name="names">The network's names by the file's; what is not in it keeps its name.</param>
    /// <param name="strict">
    /// Whether the stream must hold every parameter of the network, and nothing else. If not, what matches is loaded and the rest is told. A wrong
    /// shape is an error all the same. <c>num_batches_tracked</c> may always be missing.
    /// </param>
    public static WeightsReport LoadWeights(
        this INetwork network, Stream stream, IReadOnlyDictionary<string, string>? names = null, bool strict = true) =>
        StateOf(network).LoadWeights(stream, ByMap(names), strict);

    /// <inheritdoc cref="LoadWeights(INetwork, Stream, IReadOnlyDictionary{string, string}?, bool)"/>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; after an exception it stands anywhere.</param>
    /// <param name="names">The network's name for each of the stream's; null to pass over a tensor, which is then not left over.</param>
    /// <param name="strict">
    /// Whether the stream must hold every parameter of the network, and nothing else. If not, what matches is loaded and the rest is told. A wrong
    /// shape is an error all the same. <c>num_batches_tracked</c> may always be missing.
    /// </param>
    public static WeightsReport LoadWeights(this INetwork network, Stream stream, Func<string, string?> names, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(names);
        return StateOf(network).LoadWeights(stream, names, strict);
    }

    private static NetworkState StateOf(INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.State;
    }

    private static Func<string, string?>? ByMap(IReadOnlyDictionary<string, string>? names) =>
        names is null ? null : name => names.TryGetValue(name, out string? own) ? own : name;
}
