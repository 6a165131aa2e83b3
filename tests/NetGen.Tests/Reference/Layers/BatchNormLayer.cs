using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// y = (x − mean) / √(variance + ε) · weight + bias per channel. Training: mean and biased variance of the batch, and the running ones
/// move towards the batch's (the variance unbiased) by <see cref="Momentum"/>. Evaluation: the running ones.
/// </summary>
internal abstract record BatchNormLayer(int Rank, int Channels, double Eps, double Momentum, bool Affine) : Layer
{
    /// <summary>PyTorch's momentum=None: the running statistics are the mean of all batches'.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cumulative { get; init; }

    public override string Prefix => "batchnorm";

    public override string Attribute
    {
        get
        {
            string[] options =
            [
                .. Eps == 1e-5 ? [] : new[] { FormattableString.Invariant($"Eps = {Eps}") },
                .. Momentum == 0.1 ? [] : new[] { FormattableString.Invariant($"Momentum = {Momentum}") },
                .. Cumulative ? new[] { "Cumulative = true" } : [],
                .. Affine ? [] : new[] { "Affine = false" },
            ];
            string kind = $"BatchNorm{Rank}d";
            return options is [] ? kind : $"{kind}({string.Join(", ", options)})";
        }
    }

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        .. Affine ? new ParameterSpec[] { new("weight", [Channels], Fill.Scale), new("bias", [Channels], Fill.Shift) } : [],
        new("running_mean", [Channels], Fill.Shift, IsTrainable: false),
        new("running_var", [Channels], Fill.Scale, IsTrainable: false),
    ];

    public override double[] Forward(LayerCall call)
    {
        (double[] mean, double[] variance) = Statistics(call);
        var output = new double[call.Input.Length];
        for (var i = 0; i < output.Length; i++)
        {
            int c = Channel(call, i);
            double normal = (call.Input[i] - mean[c]) / Math.Sqrt(variance[c] + Eps);
            output[i] = Weight(call, c) * normal + Shift(call, c);
        }
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        (double[] mean, double[] variance) = Statistics(call);
        var inputGradient = new double[call.Input.Length];
        var sums = new double[Channels];
        var productSums = new double[Channels];
        for (var i = 0; i < outputGradient.Length; i++)
        {
            int c = Channel(call, i);
            double product = outputGradient[i] * (call.Input[i] - mean[c]) / Math.Sqrt(variance[c] + Eps);
            sums[c] += outputGradient[i];
            productSums[c] += product;
            if (!Affine)
                continue;
            call.Parameters[0].AddGradient(c, product);
            call.Parameters[1].AddGradient(c, outputGradient[i]);
        }
        double count = Count(call);
        for (var i = 0; i < inputGradient.Length; i++)
        {
            int c = Channel(call, i);
            double deviation = Math.Sqrt(variance[c] + Eps);
            double normal = (call.Input[i] - mean[c]) / deviation;
            double centred = call.Training ? outputGradient[i] - sums[c] / count - normal * productSums[c] / count : outputGradient[i];
            inputGradient[i] = centred * Weight(call, c) / deviation;
        }
        return inputGradient;
    }

    /// <inheritdoc/>
    /// <remarks>Two terms: the normal value times the weight, and the bias.</remarks>
    public override double[] Rounded(LayerCall call, double[] output) =>
        [.. output.Select((y, i) => Math.Abs(y - Shift(call, Channel(call, i))) + Math.Abs(y))];

    /// <inheritdoc/>
    /// <remarks>What is taken from the gradient may leave nothing of it: the size of the gradient is what counts.</remarks>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient)
    {
        double[] variance = Statistics(call).Variance;
        return
        [
            .. outputGradient.Select((gradient, i) =>
                Math.Abs(gradient * Weight(call, Channel(call, i))) / Math.Sqrt(variance[Channel(call, i)] + Eps) + Math.Abs(inputGradient[i])),
        ];
    }

    public override void UpdateStatistics(LayerCall call)
    {
        (double[] mean, double[] variance) = Statistics(call);
        double count = Count(call), factor = Cumulative ? 1.0 / call.Batches : Momentum;
        for (var c = 0; c < Channels; c++)
        {
            ref double runningMean = ref Running(call, 0)[c];
            ref double runningVariance = ref Running(call, 1)[c];
            runningMean += factor * (mean[c] - runningMean);
            runningVariance += factor * (variance[c] * count / (count - 1) - runningVariance);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A channel whose values hardly vary is divided by next to nothing, which magnifies rounding errors: scaled so that a
    /// standard deviation of a tenth of the values' size is just acceptable.</remarks>
    public override double Margin(LayerCall call)
    {
        if (!call.Training)
            return double.PositiveInfinity;
        double size = Math.Sqrt(call.Input.Average(x => x * x));
        return Math.Sqrt(Statistics(call).Variance.Min()) < 0.1 * size ? 0 : double.PositiveInfinity;
    }

    private (double[] Mean, double[] Variance) Statistics(LayerCall call)
    {
        if (!call.Training)
            return (Running(call, 0), Running(call, 1));
        var mean = new double[Channels];
        var variance = new double[Channels];
        double count = Count(call);
        for (var i = 0; i < call.Input.Length; i++)
            mean[Channel(call, i)] += call.Input[i] / count;
        for (var i = 0; i < call.Input.Length; i++)
        {
            double difference = call.Input[i] - mean[Channel(call, i)];
            variance[Channel(call, i)] += difference * difference / count;
        }
        return (mean, variance);
    }

    private double Weight(LayerCall call, int channel) => Affine ? call.Parameters[0].Values[channel] : 1;

    private double Shift(LayerCall call, int channel) => Affine ? call.Parameters[1].Values[channel] : 0;

    /// <summary>The running mean, or the running variance.</summary>
    private double[] Running(LayerCall call, int which) => call.Parameters[(Affine ? 2 : 0) + which].Values;

    private int Count(LayerCall call) => call.Input.Length / Channels;

    private int Channel(LayerCall call, int place) => place % call.InputSize / (call.InputSize / Channels);
}

/// <summary>Batch normalisation of features, or of signals: statistics over the batch and the places.</summary>
internal sealed record BatchNorm1dLayer(int Channels, double Eps = 1e-5, double Momentum = 0.1, bool Affine = true) : BatchNormLayer(1, Channels, Eps, Momentum, Affine);

/// <summary>Batch normalisation of images: statistics over the batch and the pixels.</summary>
internal sealed record BatchNorm2dLayer(int Channels, double Eps = 1e-5, double Momentum = 0.1, bool Affine = true) : BatchNormLayer(2, Channels, Eps, Momentum, Affine);

/// <summary>The same of volumes.</summary>
internal sealed record BatchNorm3dLayer(int Channels, double Eps = 1e-5, double Momentum = 0.1, bool Affine = true) : BatchNormLayer(3, Channels, Eps, Momentum, Affine);
