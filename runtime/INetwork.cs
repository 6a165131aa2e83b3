using System.ComponentModel;
using NetGen.Engine;

namespace NetGen;

/// <summary>Any network: for code that handles several kinds, such as a report, a test or a list of models. Generated classes implement it.</summary>
public interface INetwork
{
    /// <summary>The class's name.</summary>
    string Name => State.Definition.Name;

    /// <summary>Shape of one input sample.</summary>
    Shape InputShape => State.Definition.InputShape;

    /// <summary>Shape of one sample's output.</summary>
    Shape OutputShape => State.Definition.OutputShape;

    /// <summary>Parameters and buffers, in the order of the layers.</summary>
    ParameterCollection Parameters { get; }

    /// <summary>What the runtime keeps for the network.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    NetworkState State { get; }

    /// <summary>Evaluates one sample or several; any thread, allocates nothing.</summary>
    /// <param name="inputs">[n, input shape], contiguous, n at least 1.</param>
    /// <param name="outputs">[n, output shape], overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length. Nothing has been written.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>
    /// Writes the parameters as a safetensors file with PyTorch's names and layouts. An existing file stays whole until the new one is, and keeps its
    /// permissions; of a link, the file that it leads to is replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="WeightsException">A value is not finite. Nothing has been written.</exception>
    /// <exception cref="IOException">
    /// The path is a folder, a device, a pipe or a socket, its folder does not exist, or the disk is full or fails. The old file is as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written. The old file is as it was.</exception>
    void Save(string path);

    /// <summary>Writes the parameters to a stream, from where it stands, in the form of a safetensors file. It is left open.</summary>
    /// <param name="stream">The stream; it need not be able to seek.</param>
    /// <exception cref="ArgumentException">The stream is null, or cannot be written to.</exception>
    /// <exception cref="WeightsException">A value is not finite. Nothing has been written.</exception>
    void Save(Stream stream) => State.Save(stream);

    /// <summary>Evaluates large batches on several threads.</summary>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    Predictor CreatePredictor(int threads = WorkerPool.DefaultThreads) => new(State, threads);

    /// <summary>A pass for looking inside: activations, and gradients of anything.</summary>
    /// <param name="batch">Samples it has room for, at least 1.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    NetworkPass CreatePass(int batch, int threads = WorkerPool.DefaultThreads) => new(State, batch, threads);

    /// <summary>A trainer for this network.</summary>
    /// <param name="optimizer">A new optimizer, or one that already trains this network.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="batch">Most samples of a step, at least 1.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <param name="outputs">Losses of further outputs (<see cref="OutputAttribute"/>), which are added by their weights; left out, only the main output counts.</param>
    Trainer CreateTrainer(Optimizer optimizer, Loss loss, int batch, int threads = WorkerPool.DefaultThreads, IReadOnlyList<OutputLoss>? outputs = null) =>
        new(State, optimizer, loss, batch, threads, outputs);
}
