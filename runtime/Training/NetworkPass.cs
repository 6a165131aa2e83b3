using NetGen.Engine;
using Turn = NetGen.Turns.Turn;

namespace NetGen;

/// <summary>
/// Forward and backward passes for people who need more than training: every activation by name, gradients of any function of the outputs or of
/// any layer's output, the gradient with respect to the input. One thread at a time may use a pass, and the parameters must not change from
/// <see cref="Forward"/> to the last use of what it gave.
/// </summary>
/// <remarks>
/// Calls and properties that compute throw <see cref="InvalidOperationException"/> while another one is under way, and
/// <see cref="ThreadInterruptedException"/> where the thread was interrupted while it waited for the workers; what was asked for has been
/// computed then, and nothing of it goes on.
/// </remarks>
public class NetworkPass : IDisposable
{
    private readonly NetworkState network;
    private readonly Executor executor;
    private readonly CounterRandom masks;
    private readonly PassBuffer[] outputs;
    private readonly PassBuffer[] outputGradients;
    private readonly PassBuffer inputGradient;
    private readonly PassBuffer[] activations;
    private readonly string? layerOfSingleValues;
    private readonly Turns turns;
    private int forwards;
    private long writes;
    private int backwardFrom = -1;

    /// <summary>A pass over a network; <c>CreatePass</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="batch">Samples it has room for, at least 1.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch is below 1, or so large that no array holds what is computed for it, or the number of threads is negative or above
    /// <see cref="WorkerPool.MaxThreads"/>.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public NetworkPass(NetworkState network, int batch, int threads = WorkerPool.DefaultThreads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        WorkerPool.CheckThreads(threads);
        BatchMemory.CheckPass(network.Definition, batch);
        this.network = network;
        BatchSize = batch;
        masks = new CounterRandom(network.Seed, ulong.MaxValue - 2);
        outputs = [.. Definition.Outputs.Select((_, output) => new PassBuffer(batch, Definition.ShapeOf(output).Size))];
        outputGradients = [.. Definition.Outputs.Select((_, output) => new PassBuffer(batch, Definition.ShapeOf(output).Size))];
        Outputs = new OutputCollection(this);
        inputGradient = new PassBuffer(batch, network.InputSize);
        activations = [.. Definition.Activations.Select(activation => new PassBuffer(batch, activation.Shape.Size))];
        Activations = new ActivationCollection(this);
        layerOfSingleValues = BatchStatistics.LayerOfSingleValues(Definition);
        // Last: it has threads.
        var cpu = new CpuExecutor(network, batch, threads, keepsActivations: true, FurtherLosses.None);
        executor = cpu;
        Threads = cpu.Threads;
        turns = new Turns(this, () => $"{Name} is already in a call, on another thread or further up on this one; one at a time.", executor.Dispose);
    }

    /// <summary>Samples it has room for.</summary>
    public int BatchSize { get; }

    /// <summary>Samples of the last forward pass.</summary>
    public int Count => executor.Count;

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Whether forward passes are those of training: dropout on, batch normalisation with the batch's statistics, which also move the running
    /// ones. False at first, as after PyTorch's <c>module.eval()</c>: looking inside changes nothing.
    /// </summary>
    public bool Training { get; set; }

    /// <summary>The outputs of all layers.</summary>
    public ActivationCollection Activations { get; }

    /// <summary>All outputs, the main one first.</summary>
    public OutputCollection Outputs { get; }

    /// <summary>The main outputs, [n, output shape]. Valid until the next forward pass.</summary>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public ReadOnlySpan<float> Output => ReadOutput(0);

    /// <summary>
    /// Where the gradient with respect to the main outputs is to be written before <see cref="Backward"/>: [n, output shape]. A forward pass makes it 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public Span<float> OutputGradient => GradientOf(0);

    /// <summary>The gradient with respect to the inputs, [n, input shape], of the last backward pass; computed when first asked for.</summary>
    /// <exception cref="InvalidOperationException">
    /// No backward pass has run since the last forward pass, or the parameters have been changed since.
    /// </exception>
    public ReadOnlySpan<float> InputGradient
    {
        get
        {
            if (IsThere(inputGradient))
                return inputGradient.Of(Count);
            using Turn turn = turns.Take();
            CheckForward();
            if (backwardFrom < 0)
                throw new InvalidOperationException($"{Name}: the gradient of the input needs a backward pass first.");
            Span<float> values = CurrentInputGradient();
            executor.RethrowDisturbance();
            return values;
        }
    }

    internal NetworkDefinition Definition => network.Definition;

    private string Name => $"{Definition.Name}'s pass";

    /// <summary>Computes all layers for some samples, which are copied.</summary>
    /// <param name="inputs">[n, input shape], contiguous; 1 ≤ n ≤ <see cref="BatchSize"/>.</param>
    /// <exception cref="ArgumentException">
    /// The span has another length, or, in <see cref="Training"/>, there is one sample and a batch normalisation that gets a single value per
    /// channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The pass is disposed.</exception>
    public void Forward(ReadOnlySpan<float> inputs)
    {
        using Turn turn = turns.Take();
        bool training = Training;
        (int count, int rest) = Math.DivRem(inputs.Length, network.InputSize);
        if (rest != 0 || count < 1 || count > BatchSize)
        {
            throw new ArgumentException(
                $"{Name}: inputs must hold 1 to {BatchSize} samples of {network.InputSize} values ({Definition.InputShape}), and holds {inputs.Length} values.",
                nameof(inputs));
        }
        if (training && count == 1 && layerOfSingleValues is { } layer)
            throw BatchStatistics.Refusal(Name, layer, nameof(inputs));
        inputGradient.IsCurrent = false;
        foreach (PassBuffer[] buffers in (ReadOnlySpan<PassBuffer[]>)[outputs, outputGradients, activations])
        {
            foreach (PassBuffer buffer in buffers)
                buffer.IsCurrent = false;
        }
        backwardFrom = -1;
        writes = network.Version.Writes;
        if (training)
            network.MoveStatistics();
        try
        {
            executor.Forward(inputs, (uint)masks.Bits((ulong)forwards), training);
        }
        finally
        {
            if (training)
                network.MoveStatistics();
        }
        forwards++;
        if (training)
            network.CountBatches();
        executor.RethrowDisturbance();
    }

    /// <summary>
    /// From <see cref="OutputGradient"/>, and from the gradients of all other <see cref="Outputs"/>, down to the parameters: overwrites every
    /// <see cref="Parameter.Gradient"/> of the network.
    /// </summary>
    /// <exception cref="InvalidOperationException">No forward pass has run, or the parameters have been changed since.</exception>
    public void Backward()
    {
        using Turn turn = turns.Take();
        CheckForward();
        CheckParameters("a gradient");
        for (var output = 0; output < outputs.Length; output++)
            executor.WriteOutputGradient(output, CurrentGradientOf(output));
        RunBackward(Definition.AllOutputs);
        executor.RethrowDisturbance();
    }

    /// <summary>
    /// From the gradient of a layer's output down to the parameters before it: overwrites every <see cref="Parameter.Gradient"/> of the network,
    /// with 0 for layers after this one.
    /// </summary>
    /// <param name="layer">The layer's name, for example <c>conv2</c>.</param>
    /// <param name="gradient">[n, the layer's shape], PyTorch's order.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the span has another length. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">No forward pass has run, or the parameters have been changed since.</exception>
    public void BackwardFrom(string layer, ReadOnlySpan<float> gradient)
    {
        using Turn turn = turns.Take();
        CheckForward();
        int number = LayerNumber(layer);
        ActivationDefinition start = Definition.Activations[number];
        int size = start.Shape.Size;
        if (gradient.Length != (long)Count * size)
        {
            throw new ArgumentException(
                $"{Name}: the gradient of {layer} for {Count} samples has {(long)Count * size} values ({Count} × {start.Shape}), and {gradient.Length} are given.",
                nameof(gradient));
        }
        if (number == Definition.MainOutput.Node)
        {
            CheckParameters("a gradient");
            Span<float> main = CurrentGradientOf(0);
            gradient.CopyTo(main);
            executor.WriteOutputGradient(0, main);
            RunBackward(number);
        }
        else
        {
            BackwardFromInside(number, gradient);
        }
        executor.RethrowDisturbance();
    }

    /// <summary>
    /// Ends the threads; the pass cannot be used any more. A call under way on another thread goes on to its end, which this does not wait for.
    /// </summary>
    public void Dispose()
    {
        turns.Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>The output of a layer, [n, the layer's shape]: for the named properties of generated classes.</summary>
    /// <param name="layer">The layer's number, from 0.</param>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    protected ReadOnlySpan<float> Activation(int layer) => ReadActivation(layer);

    internal ReadOnlySpan<float> ReadActivation(int layer)
    {
        if ((uint)layer < (uint)activations.Length && IsThere(activations[layer]))
            return activations[layer].Of(Count);
        using Turn turn = turns.Take();
        CheckForward();
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, activations.Length);
        PassBuffer buffer = activations[layer];
        Span<float> values = buffer.Of(Count);
        ActivationDefinition activation = Definition.Activations[layer];
        if (!activation.IsStored)
        {
            CheckParameters("the output of ", activation.Name);
            // Recomputing may use memory that the gradient of the input still needs.
            if (backwardFrom >= 0)
                CurrentInputGradient();
        }
        executor.ReadActivation(layer, values);
        buffer.IsCurrent = true;
        executor.RethrowDisturbance();
        return values;
    }

    internal int LayerNumber(string name)
    {
        int node = Definition.FindNode(name);
        return node >= 0 ? node : throw new ArgumentException($"{Definition.Name} has no layer '{name}'. It has {string.Join(", ", Activations.Names)}.", nameof(name));
    }

    /// <summary>Whether values can be had without a turn: read one by one, they would cost two atomic operations each.</summary>
    private bool IsThere(PassBuffer buffer) => buffer.IsCurrent && !turns.IsClosed;

    internal ReadOnlySpan<float> ReadOutput(int output)
    {
        PassBuffer buffer = outputs[output];
        if (IsThere(buffer))
            return buffer.Of(Count);
        using Turn turn = turns.Take();
        CheckForward();
        Span<float> values = buffer.Of(Count);
        executor.ReadOutput(output, values);
        buffer.IsCurrent = true;
        return values;
    }

    internal Span<float> GradientOf(int output)
    {
        if (IsThere(outputGradients[output]))
            return outputGradients[output].Of(Count);
        using Turn turn = turns.Take();
        CheckForward();
        return CurrentGradientOf(output);
    }

    private Span<float> CurrentGradientOf(int output)
    {
        PassBuffer buffer = outputGradients[output];
        Span<float> values = buffer.Of(Count);
        if (!buffer.IsCurrent)
        {
            values.Clear();
            buffer.IsCurrent = true;
        }
        return values;
    }

    private Span<float> CurrentInputGradient()
    {
        Span<float> values = inputGradient.Of(Count);
        if (!inputGradient.IsCurrent)
        {
            CheckParameters("the gradient of the input");
            executor.InputGradient(backwardFrom, values);
            inputGradient.IsCurrent = true;
        }
        return values;
    }

    private void BackwardFromInside(int layer, ReadOnlySpan<float> gradient)
    {
        CheckParameters("a gradient");
        executor.WriteGradient(layer, gradient);
        RunBackward(layer);
    }

    private void RunBackward(int fromLayer)
    {
        inputGradient.IsCurrent = false;
        // A worker's failure leaves no backward pass.
        backwardFrom = -1;
        executor.Backward(fromLayer);
        backwardFrom = fromLayer;
    }

    /// <summary>What is computed only when it is asked for belongs to the parameters of the forward pass.</summary>
    private void CheckParameters(string what, string layer = "")
    {
        if (writes != network.Version.Writes)
        {
            throw new InvalidOperationException(
                $"{Name}: the parameters have been changed since the forward pass, to which {what}{layer} would not belong; ask for it before that, or call Forward again.");
        }
    }

    private void CheckForward()
    {
        if (Count == 0)
            throw new InvalidOperationException($"{Name}: there is nothing yet; call Forward first.");
    }
}
