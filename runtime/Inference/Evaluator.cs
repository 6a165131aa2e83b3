using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Measures a network by what its <see cref="Predictor"/> gives.</summary>
internal sealed class Evaluator
{
    private const int FloatsAtATime = 1 << 20;
    private const int MostSamplesAtATime = 1024;

    // As Keras bounds probabilities before it takes their logarithm: 0 and 1 have none that is finite.
    private const float SmallestProbability = 1e-7f;

    private readonly NetworkState network;
    private readonly DataSet data;
    private readonly Loss loss;
    private readonly DataChecks checks;
    private readonly MetricSet metrics;
    private readonly OutputForm undone;
    private readonly int channels;

    /// <summary>Checks that all go together.</summary>
    public Evaluator(NetworkState network, DataSet data, Loss? loss, IReadOnlyList<Metric>? metrics)
    {
        NetworkDefinition definition = network.Definition;
        this.network = network;
        channels = LossRows.ChannelsOf(definition.OutputShape);
        this.data = data;
        this.loss = loss ?? Fitting(definition, data, out undone);
        string name = $"{definition.Name}.Evaluate";
        checks = new DataChecks(name, undone == default ? definition : definition with { OutputForm = OutputForm.Raw }, this.loss);
        checks.GoTogether(nameof(loss));
        checks.Set(data, nameof(data));
        this.metrics = new MetricSet(metrics, definition, this.loss);
    }

    public Evaluation Run(int threads, CancellationToken cancellation)
    {
        int size = network.OutputSize, stride = (int)SampleBlock.Padded(size);
        int samples = (int)SampleBlock.Padded(Math.Clamp(Math.Min(FloatsAtATime / Math.Max(stride, network.InputSize), data.Count), 1, MostSamplesAtATime));
        // A worker without a block of samples has nothing to do, unless all work at the same ones.
        int useful = network.Definition.PredictIsShared ? WorkerPool.MaxThreads : (data.Count + SampleBlock.Size - 1) / SampleBlock.Size;
        using var predictor = new Predictor(network, Math.Min(threads == 0 ? Environment.ProcessorCount : threads, useful));
        var outputs = new float[checked(samples * size)];
        var rows = new AlignedBuffer((nint)samples * stride);
        var answers = new AnswerBuffer(loss, samples, loss.TargetSize(network.Definition.OutputShape));
        metrics.Reset();
        var sum = new Measure(loss.Decisions(network.Definition.OutputShape));
        for (var from = 0; from < data.Count; from += samples)
        {
            cancellation.ThrowIfCancellationRequested();
            Batch batch = answers.Own(data.View(from, Math.Min(samples, data.Count - from)));
            checks.AnswersAgain(batch);
            Span<float> given = outputs.AsSpan(0, batch.Count * size);
            predictor.Predict(batch.Inputs, given);
            metrics.Add(batch, given);
            Undo(given);
            for (var n = 0; n < batch.Count; n++)
                given.Slice(n * size, size).CopyTo(rows.Span[(n * stride)..]);
            sum.Add(Losses(batch, rows, stride, out double weight), weight, batch.Count);
        }
        return sum.Result with { Metrics = metrics.Results };
    }

    /// <summary>What suits a network and what is known of the samples, and what layer it would rather be without.</summary>
    private static Loss Fitting(NetworkDefinition network, DataSet data, out OutputForm undone)
    {
        undone = default;
        if (!data.HasLabels)
            return Loss.MeanSquaredError;
        if (network.OutputShape.Size == 1)
        {
            undone = network.OutputForm & OutputForm.Sigmoid;
            return Loss.BinaryCrossEntropy;
        }
        undone = network.OutputForm & OutputForm.Softmax;
        return Loss.CrossEntropy;
    }

    /// <summary>Takes a last softmax or sigmoid back: logarithms of probabilities, and logits, are what the losses expect.</summary>
    private void Undo(Span<float> outputs)
    {
        if (undone == OutputForm.Softmax)
        {
            TensorPrimitives.Max(outputs, float.Epsilon, outputs);
            TensorPrimitives.Log(outputs, outputs);
        }
        else if (undone == OutputForm.Sigmoid)
        {
            for (var i = 0; i < outputs.Length; i++)
            {
                double p = Math.Clamp(outputs[i], SmallestProbability, 1 - SmallestProbability);
                outputs[i] = (float)Math.Log(p / (1 - p));
            }
        }
    }

    private LossTally Losses(in Batch batch, AlignedBuffer rows, int stride, out double weight)
    {
        weight = loss.TotalWeight(batch.Labels, batch.Weights, batch.Count, batch.Targets);
        return loss.Evaluate(new LossRows
        {
            Outputs = ref rows.Start,
            Gradients = ref Unsafe.NullRef<float>(),
            Labels = ref MemoryMarshal.GetReference(batch.Labels),
            Targets = ref MemoryMarshal.GetReference(batch.Targets),
            Weights = ref batch.Weights.IsEmpty ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(batch.Weights),
            Count = batch.Count,
            Size = network.OutputSize,
            Channels = channels,
            Stride = stride,
            Scale = 0,
        });
    }
}
