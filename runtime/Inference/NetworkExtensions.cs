using System.Buffers;
using System.Numerics.Tensors;
using NetGen.Engine;

namespace NetGen;

/// <summary>What is done with a network's outputs most often.</summary>
public static class NetworkExtensions
{
    private const int SamplesAtATime = 64;

    /// <summary>Evaluates one sample or several.</summary>
    /// <param name="net">The network.</param>
    /// <param name="inputs">[n, input shape], contiguous, n at least 1.</param>
    /// <returns>[n, output shape], new. To allocate nothing, give <see cref="INetwork.Predict"/> where the outputs go.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public static float[] Predict(this INetwork net, ReadOnlySpan<float> inputs)
    {
        NetworkState state = State(net);
        int count = state.CountInputs(inputs.Length);
        var outputs = new float[checked(count * state.OutputSize)];
        state.Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>
    /// The class of a sample: the index of its largest output; of a single output, 1 where it says yes (a probability above ½, a logit above 0)
    /// and 0 where it does not. An output that is not-a-number counts as the largest.
    /// </summary>
    /// <param name="net">The network, with an output for each class, or one for yes and no.</param>
    /// <param name="input">[input shape], contiguous.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">The outputs are no classes but, for example, an image.</exception>
    public static int Classify(this INetwork net, ReadOnlySpan<float> input)
    {
        Span<int> label = [0];
        net.Classify(input, label);
        return label[0];
    }

    /// <summary>The classes of several samples. Allocates nothing once it has run.</summary>
    /// <param name="net">The network, with an output for each class, or one for yes and no.</param>
    /// <param name="inputs">[n, input shape], contiguous, n at least 1.</param>
    /// <param name="labels">n classes, overwritten; see <see cref="Classify(INetwork, ReadOnlySpan{float})"/>.</param>
    /// <exception cref="ArgumentException">A span has another length. Nothing has been written.</exception>
    /// <exception cref="InvalidOperationException">The outputs are no classes but, for example, an image.</exception>
    public static void Classify(this INetwork net, ReadOnlySpan<float> inputs, Span<int> labels)
    {
        NetworkState state = State(net);
        int count = state.CountInputs(inputs.Length), size = state.OutputSize;
        if (labels.Length != count)
        {
            throw new ArgumentException(
                $"{state.Definition.Name}.Classify: {count} samples have as many labels, and there is room for {labels.Length}.", nameof(labels));
        }
        if (!Classes.AreOutputsOf(state.Definition))
        {
            throw new InvalidOperationException(
                $"{state.Definition.Name}.Classify: an output for each class is expected, and the outputs have shape {state.Definition.OutputShape}. Use Predict.");
        }
        float[] outputs = ArrayPool<float>.Shared.Rent(Math.Min(count, SamplesAtATime) * size);
        try
        {
            for (var from = 0; from < count; from += SamplesAtATime)
            {
                int samples = Math.Min(SamplesAtATime, count - from);
                Span<float> rows = outputs.AsSpan(0, samples * size);
                state.Predict(inputs.Slice(from * state.InputSize, samples * state.InputSize), rows);
                for (var n = 0; n < samples; n++)
                    labels[from + n] = Classes.Of(rows.Slice(n * size, size), state.Definition.OutputForm);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(outputs);
        }
    }

    /// <summary>Measures a network on a data set without a trainer, on several threads. Any thread may call it.</summary>
    /// <param name="net">The network.</param>
    /// <param name="data">The samples, at least one.</param>
    /// <param name="loss">
    /// What the loss is; null: what fits. Of a set of classes that is the cross-entropy, whatever the network ends in ([Softmax], [LogSoftmax],
    /// neither; of a single output the binary one, [Sigmoid] or not); of a set of targets the mean squared error.
    /// </param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <param name="metrics">What else is measured.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The set is empty, its samples have another size, a label is no class, or the loss does not take a target or does not go with the last layer.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads, or more than <see cref="WorkerPool.MaxThreads"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss compares with classes and the set has targets, or the other way round (but class labels are targets of a single output), or a label
    /// has changed meanwhile.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Evaluation Evaluate(
        this INetwork net, DataSet data, Loss? loss = null, int threads = WorkerPool.DefaultThreads, CancellationToken cancellation = default,
        IReadOnlyList<Metric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        NetworkState state = State(net);
        WorkerPool.CheckThreads(threads);
        return new Evaluator(state, data, loss, metrics).Run(threads, cancellation);
    }

    internal static NetworkState State(INetwork net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return net.State;
    }
}
