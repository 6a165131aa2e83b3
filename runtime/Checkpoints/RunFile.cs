using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using NetGen.Engine;

namespace NetGen;

/// <summary>A training run at one of its steps, as it is in a file: the manifest in the metadata, tensors by their names.</summary>
/// <param name="Manifest">All but tensors.</param>
/// <param name="Tensors">Parameters, and by what is before the slash the state of optimizer and callbacks.</param>
internal sealed record RunFile(RunManifest Manifest, ImmutableArray<SavedTensor> Tensors)
{
    private const string ManifestKey = "netgen.run", OptimizerPrefix = "optimizer/", CallbackPrefix = "callback/";

    /// <summary>Of what is there now. Values are not copied: it is to be written at once.</summary>
    public static RunFile Of(RunIdentity identity, RunPosition position, TrainingRun run, IReadOnlyList<Callback> callbacks)
    {
        NetworkState network = run.Network;
        ImmutableArray<SavedTensor>.Builder tensors = ImmutableArray.CreateBuilder<SavedTensor>();
        foreach (ParameterDefinition parameter in network.Definition.Parameters)
            tensors.Add(SavedTensor.Of(parameter, network.Values.Memory));
        OptimizerMemory memory = run.Trainer.Optimizer.Memory;
        for (var state = 0; state < memory.StateCount; state++)
        {
            foreach (ParameterDefinition parameter in Trainable(network))
                tensors.Add(SavedTensor.Of(parameter, memory.State.Memory.Slice(state * memory.Floats, memory.Floats)) with { Name = OptimizerName(state, parameter) });
        }
        var texts = new Dictionary<string, Dictionary<string, string>>();
        foreach ((string key, Callback callback) in Keys(callbacks))
        {
            var state = new CallbackState();
            callback.SaveState(run, state);
            texts.Add(key, new(state.Texts));
            tensors.AddRange(state.Tensors.Select(tensor => tensor.Value with { Name = $"{CallbackPrefix}{key}/{tensor.Key}" }));
        }
        return new RunFile(new RunManifest(RunManifest.Current, identity, position, [.. network.Counters], [.. run.History], texts), tensors.ToImmutable());
    }

    /// <summary>Reads a file to its last value.</summary>
    /// <exception cref="WeightsException">It is damaged, or no training run's.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RunFile Read(string path)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(ManifestKey, out string? json))
            throw new WeightsException(path, $"is no checkpoint of a training run: its metadata has no '{ManifestKey}'");
        RunManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, RunManifestJson.Default.RunManifest) ?? throw new JsonException("There is nothing in it.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw new WeightsException(path, $"its metadata '{ManifestKey}' is damaged: {Shown.Message(exception.Message)}", exception);
        }
        if (manifest.Fault() is { } fault)
            throw new WeightsException(path, fault);
        ImmutableArray<SavedTensor>.Builder tensors = ImmutableArray.CreateBuilder<SavedTensor>(file.Tensors.Length);
        foreach (TensorEntry tensor in file.Tensors)
        {
            if (tensor.Type != TensorType.F32)
                throw WeightsException.OfTensor(path, tensor.Name, $"is of type {tensor.Type}; a checkpoint holds F32");
            if (tensor.Extents.Any(extent => extent is < 1 or > int.MaxValue))
                throw WeightsException.OfTensor(path, tensor.Name, $"has shape {Shown.Shape(tensor.Extents)}; extents of at least 1 are expected");
            tensors.Add(new SavedTensor(tensor.Name, new Shape([.. tensor.Extents.Select(extent => (int)extent)]), file.Read(tensor)));
        }
        return new RunFile(manifest, tensors.ToImmutable());
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(string path) => SafeTensors.Write(path, Tensors, new Dictionary<string, string>
    {
        ["format"] = "pt",
        [ManifestKey] = JsonSerializer.Serialize(Manifest, RunManifestJson.Default.RunManifest),
    });

    /// <summary>Checks it against a network and its optimizer.</summary>
    /// <returns>Puts everything where it belongs, which cannot fail half-way.</returns>
    /// <exception cref="WeightsException">It is of others.</exception>
    public Action Check(string path, NetworkState network, Optimizer optimizer)
    {
        NetworkDefinition definition = network.Definition;
        OptimizerMemory memory = optimizer.Memory;
        if (Manifest.Counters.Length != definition.Counters.Length)
            throw new WeightsException(path, $"has {Manifest.Counters.Length} counts of batches, and {definition.Name} has {definition.Counters.Length}");
        Dictionary<string, SavedTensor> byName = Tensors.ToDictionary(tensor => tensor.Name);
        var moves = new List<(ParameterDefinition Parameter, ReadOnlyMemory<float> Values, AlignedBuffer Target, int Offset)>();
        void Move(string name, ParameterDefinition parameter, AlignedBuffer target, int offset)
        {
            if (!byName.TryGetValue(name, out SavedTensor? tensor))
                throw WeightsException.OfTensor(path, name, "is missing");
            if (tensor.Shape != parameter.Shape)
                throw WeightsException.OfTensor(path, name, $"has shape {tensor.Shape}, {definition.Name} expects {parameter.Shape}");
            moves.Add((parameter, tensor.Values, target, offset + parameter.Offset));
        }
        foreach (ParameterDefinition parameter in definition.Parameters)
            Move(parameter.Name, parameter, network.Values, 0);
        for (var state = 0; state < memory.StateCount; state++)
        {
            foreach (ParameterDefinition parameter in Trainable(network))
                Move(OptimizerName(state, parameter), parameter, memory.State, state * memory.Floats);
        }
        return () =>
        {
            network.MoveVersion();
            foreach ((ParameterDefinition parameter, ReadOnlyMemory<float> values, AlignedBuffer target, int offset) in moves)
                StridedLayout.Scatter(parameter.Layout, values.Span, ref MemoryMarshal.GetReference(target.Span[offset..]));
            Manifest.Counters.CopyTo(network.Counters);
            network.MoveVersion();
            optimizer.Restore(Manifest.Position.OptimizerSteps, Manifest.Position.LearningRate);
        };
    }

    /// <summary>Gives callbacks what they have kept.</summary>
    public void LoadInto(TrainingRun run, IReadOnlyList<Callback> callbacks)
    {
        foreach ((string key, Callback callback) in Keys(callbacks))
        {
            if (Manifest.Callbacks.TryGetValue(key, out Dictionary<string, string>? texts))
                callback.LoadState(run, StateOf(key, texts));
        }
    }

    private CallbackState StateOf(string key, Dictionary<string, string> texts)
    {
        var state = new CallbackState();
        foreach ((string name, string text) in texts)
            state.Set(name, text);
        string prefix = $"{CallbackPrefix}{key}/";
        foreach (SavedTensor tensor in Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
            state.Set(tensor.Name[prefix.Length..], tensor.Values);
        return state;
    }

    /// <summary>Callbacks by their class and their number among those of it: others may come and go.</summary>
    private static IEnumerable<(string Key, Callback Callback)> Keys(IReadOnlyList<Callback> callbacks)
    {
        var counts = new Dictionary<string, int>();
        foreach (Callback callback in callbacks)
        {
            string name = callback.GetType().Name;
            int number = counts[name] = counts.GetValueOrDefault(name) + 1;
            yield return ($"{name}{number}", callback);
        }
    }

    private static IEnumerable<ParameterDefinition> Trainable(NetworkState network) => network.Definition.Parameters.Where(parameter => parameter.IsTrainable);

    private static string OptimizerName(int state, ParameterDefinition parameter) => $"{OptimizerPrefix}{state}/{parameter.Name}";
}
