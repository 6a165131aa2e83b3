namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// y = (x − mean) / √(variance + ε) · weight + bias, with the mean and the biased variance of a group of neighbouring channels of a sample. In PyTorch's
/// order the values of a group are one run.
/// </summary>
internal abstract record SampleNormLayer(double Eps, bool Affine) : Layer
{
    public override IReadOnlyList<ParameterSpec> Parameters => Affine ? [new("weight", WeightShape, Fill.Scale), new("bias", WeightShape, Fill.Shift)] : [];

    /// <summary>Runs of a sample that have statistics of their own.</summary>
    protected abstract int GroupsOf(LayerCall call);

    /// <summary>Shape of weight and bias: of a sample, or one value for each channel.</summary>
    protected abstract int[] WeightShape { get; }

    public override double[] Forward(LayerCall call)
    {
        double[] output = Normal(call, out _);
        return [.. output.Select((normal, i) => Affine ? normal * call.Parameters[0].Values[Weight(call, i)] + call.Parameters[1].Values[Weight(call, i)] : normal)];
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        double[] normal = Normal(call, out double[] deviations);
        var inputGradient = new double[call.Input.Length];
        int run = Run(call);
        for (var start = 0; start < inputGradient.Length; start += run)
        {
            var (sum, product) = (0.0, 0.0);
            for (int i = start; i < start + run; i++)
            {
                double scaled = Scaled(call, outputGradient, i);
                sum += scaled / run;
                product += scaled * normal[i] / run;
                if (!Affine)
                    continue;
                call.Parameters[0].AddGradient(Weight(call, i), outputGradient[i] * normal[i]);
                call.Parameters[1].AddGradient(Weight(call, i), outputGradient[i]);
            }
            for (int i = start; i < start + run; i++)
                inputGradient[i] = (Scaled(call, outputGradient, i) - sum - (normal[i] * product)) / deviations[start / run];
        }
        return inputGradient;
    }

    /// <inheritdoc/>
    /// <remarks>Two terms: the normal value times the weight, and the bias.</remarks>
    public override double[] Rounded(LayerCall call, double[] output) =>
        Affine ? [.. output.Select((y, i) => Math.Abs(y - call.Parameters[1].Values[Weight(call, i)]) + Math.Abs(y))] : output;

    /// <inheritdoc/>
    /// <remarks>What is taken from the gradient may leave nothing of it: the size of the gradient is what counts.</remarks>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient)
    {
        Normal(call, out double[] deviations);
        return [.. outputGradient.Select((_, i) => (Math.Abs(Scaled(call, outputGradient, i)) / deviations[i / Run(call)]) + Math.Abs(inputGradient[i]))];
    }

    /// <inheritdoc/>
    /// <remarks>A group whose values hardly vary is divided by next to nothing, which magnifies rounding errors.</remarks>
    public override double Margin(LayerCall call)
    {
        Normal(call, out double[] deviations);
        double size = Math.Sqrt(call.Input.Average(x => x * x));
        return deviations.Min() < 0.1 * size ? 0 : double.PositiveInfinity;
    }

    private double Scaled(LayerCall call, double[] outputGradient, int i) => Affine ? outputGradient[i] * call.Parameters[0].Values[Weight(call, i)] : outputGradient[i];

    private double[] Normal(LayerCall call, out double[] deviations)
    {
        int run = Run(call);
        deviations = new double[call.Input.Length / run];
        var normal = new double[call.Input.Length];
        for (var group = 0; group < deviations.Length; group++)
        {
            double[] values = call.Input[(group * run)..((group + 1) * run)];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)) + Eps);
            deviations[group] = deviation;
            for (var i = 0; i < run; i++)
                normal[(group * run) + i] = (values[i] - mean) / deviation;
        }
        return normal;
    }

    private int Run(LayerCall call) => call.InputSize / GroupsOf(call);

    /// <summary>The weight of a value.</summary>
    protected virtual int Weight(LayerCall call, int place) => place % call.InputSize / (call.InputSize / ReferenceNetwork.Size(WeightShape));
}

/// <summary>All values of a sample together, or of its last dimensions for each place of the others, with a weight for each.</summary>
internal sealed record LayerNormLayer(int[] Shape, double Eps = 1e-5, bool Affine = true) : SampleNormLayer(Eps, Affine)
{
    public override string Prefix => "layernorm";

    public override string Attribute => AttributeText.WithOptions("LayerNorm", IsLast ? [string.Join(", ", Shape)] : [], Eps == 1e-5 ? null : FormattableString.Invariant($"Eps = {Eps}"), Affine ? null : "ElementwiseAffine = false");

    /// <summary>The shape is that of the last dimensions, and written.</summary>
    public bool IsLast { get; init; }

    protected override int[] WeightShape => Shape;

    protected override int GroupsOf(LayerCall call) => call.InputSize / ReferenceNetwork.Size(Shape);

    protected override int Weight(LayerCall call, int place) => place % ReferenceNetwork.Size(Shape);
}

/// <summary>Groups of channels, with a weight for each channel.</summary>
internal sealed record GroupNormLayer(int Channels, int Groups, double Eps = 1e-5, bool Affine = true) : SampleNormLayer(Eps, Affine)
{
    public override string Prefix => "groupnorm";

    public override string Attribute => AttributeText.WithOptions("GroupNorm", [$"{Groups}"], Eps == 1e-5 ? null : FormattableString.Invariant($"Eps = {Eps}"), Affine ? null : "Affine = false");

    protected override int[] WeightShape => [Channels];

    protected override int GroupsOf(LayerCall call) => Groups;
}

/// <summary>Each channel by itself.</summary>
internal sealed record InstanceNorm2dLayer(int Channels, double Eps = 1e-5, bool Affine = false) : SampleNormLayer(Eps, Affine)
{
    public override string Prefix => "instancenorm";

    public override string Attribute => AttributeText.WithOptions("InstanceNorm2d", [], Eps == 1e-5 ? null : FormattableString.Invariant($"Eps = {Eps}"), Affine ? "Affine = true" : null);

    protected override int[] WeightShape => [Channels];

    protected override int GroupsOf(LayerCall call) => Channels;
}
