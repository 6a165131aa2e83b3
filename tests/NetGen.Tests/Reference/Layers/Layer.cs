using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// A layer in double precision: plain loops written from PyTorch's documented formulas, slow and obvious, so that they can judge the
/// emitted kernels. Samples are contiguous and row-major: a batch of images is [batch, channels, height, width].
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LinearLayer), "Linear")]
[JsonDerivedType(typeof(Conv2dLayer), "Conv2d")]
[JsonDerivedType(typeof(ConvTranspose2dLayer), "ConvTranspose2d")]
[JsonDerivedType(typeof(LocallyConnected2dLayer), "LocallyConnected2d")]
[JsonDerivedType(typeof(Filter2dLayer), "Filter2d")]
[JsonDerivedType(typeof(MaxPool2dLayer), "MaxPool2d")]
[JsonDerivedType(typeof(AvgPool2dLayer), "AvgPool2d")]
[JsonDerivedType(typeof(ReLULayer), "ReLU")]
[JsonDerivedType(typeof(SigmoidLayer), "Sigmoid")]
[JsonDerivedType(typeof(TanhLayer), "Tanh")]
[JsonDerivedType(typeof(ReLU6Layer), "ReLU6")]
[JsonDerivedType(typeof(LeakyReLULayer), "LeakyReLU")]
[JsonDerivedType(typeof(ELULayer), "ELU")]
[JsonDerivedType(typeof(GELULayer), "GELU")]
[JsonDerivedType(typeof(SiLULayer), "SiLU")]
[JsonDerivedType(typeof(HardsigmoidLayer), "Hardsigmoid")]
[JsonDerivedType(typeof(HardswishLayer), "Hardswish")]
[JsonDerivedType(typeof(SoftplusLayer), "Softplus")]
[JsonDerivedType(typeof(MishLayer), "Mish")]
[JsonDerivedType(typeof(ScaleLayer), "Scale")]
[JsonDerivedType(typeof(FlattenLayer), "Flatten")]
[JsonDerivedType(typeof(DropoutLayer), "Dropout")]
[JsonDerivedType(typeof(BatchNorm1dLayer), "BatchNorm1d")]
[JsonDerivedType(typeof(BatchNorm2dLayer), "BatchNorm2d")]
[JsonDerivedType(typeof(BatchNorm3dLayer), "BatchNorm3d")]
[JsonDerivedType(typeof(LayerNormLayer), "LayerNorm")]
[JsonDerivedType(typeof(GroupNormLayer), "GroupNorm")]
[JsonDerivedType(typeof(InstanceNorm2dLayer), "InstanceNorm2d")]
[JsonDerivedType(typeof(LocalResponseNormLayer), "LocalResponseNorm")]
[JsonDerivedType(typeof(PadLayer), "Pad")]
[JsonDerivedType(typeof(CropLayer), "Crop")]
[JsonDerivedType(typeof(SubsampleLayer), "Subsample")]
[JsonDerivedType(typeof(UpsampleLayer), "Upsample")]
[JsonDerivedType(typeof(PadChannelsLayer), "PadChannels")]
[JsonDerivedType(typeof(ReshapeLayer), "Reshape")]
[JsonDerivedType(typeof(PixelShuffleLayer), "PixelShuffle")]
[JsonDerivedType(typeof(PixelUnshuffleLayer), "PixelUnshuffle")]
[JsonDerivedType(typeof(SoftmaxLayer), "Softmax")]
[JsonDerivedType(typeof(LogSoftmaxLayer), "LogSoftmax")]
[JsonDerivedType(typeof(AddLayer), "Add")]
[JsonDerivedType(typeof(MultiplyLayer), "Multiply")]
[JsonDerivedType(typeof(ConcatLayer), "Concat")]
[JsonDerivedType(typeof(GlobalAvgPool2dLayer), "GlobalAvgPool2d")]
[JsonDerivedType(typeof(GlobalMaxPool2dLayer), "GlobalMaxPool2d")]
[JsonDerivedType(typeof(AdaptiveAvgPool2dLayer), "AdaptiveAvgPool2d")]
[JsonDerivedType(typeof(AdaptiveMaxPool2dLayer), "AdaptiveMaxPool2d")]
[JsonDerivedType(typeof(AsImageLayer), "AsImage")]
[JsonDerivedType(typeof(Conv3dLayer), "Conv3d")]
[JsonDerivedType(typeof(ConvTranspose3dLayer), "ConvTranspose3d")]
[JsonDerivedType(typeof(Pool3dLayer), "Pool3d")]
[JsonDerivedType(typeof(AdaptivePool3dLayer), "AdaptivePool3d")]
internal abstract record Layer
{
    /// <summary>The network's input among <see cref="Sources"/>.</summary>
    public const int NetworkInput = -1;

    /// <summary>The layers whose outputs it takes, by their numbers; null: the one right before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? Sources { get; init; }

    /// <summary>Whether its parameters have no gradient, and it is in training what it is in evaluation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Frozen { get; init; }

    /// <summary>The layer above whose parameters it has; null: it has its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Weights { get; init; }

    /// <summary>What the attribute says beside its arguments, as properties; what shares is frozen with what it shares with.</summary>
    /// <param name="nameOf">What layers are called there, in quotes.</param>
    public IEnumerable<string> Properties(Func<int, string> nameOf) =>
        Weights is { } owner ? [$"Weights = {nameOf(owner)}"] : Frozen ? ["Frozen = true"] : [];

    /// <summary>What the layer's name begins with: <c>conv</c> of <c>conv1</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>The first of its kind carries no number in its name, because networks seldom have two.</summary>
    public virtual bool IsSeldomRepeated => false;

    /// <summary>The attribute that declares it, without brackets: <c>Conv2d(1, 6, 5, stride: 2)</c>.</summary>
    public abstract string Attribute { get; }

    /// <summary>Parameters and buffers in PyTorch's order, named without the layer: <c>weight</c>.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters => [];

    /// <summary>Shape of one output sample.</summary>
    public virtual int[] OutputShape(int[] input) => input;

    /// <summary>The same of several inputs.</summary>
    public virtual int[] OutputShape(int[][] inputs) => OutputShape(inputs[0]);

    /// <summary>The output, [batch, output shape].</summary>
    public abstract double[] Forward(LayerCall call);

    /// <summary>Adds to the parameters' gradients and returns the gradient of the input.</summary>
    public abstract double[] Backward(LayerCall call, double[] output, double[] outputGradient);

    /// <summary>The same for each of several inputs.</summary>
    public virtual double[][] BackwardAll(LayerCall call, double[] output, double[] outputGradient) => [Backward(call, output, outputGradient)];

    /// <summary>What float32 rounds in computing each output, as a value of that size; <see cref="Rounding"/>. Of most layers the output itself.</summary>
    public virtual double[] Rounded(LayerCall call, double[] output) => output;

    /// <summary>The same of the gradient that <see cref="Backward"/> returned.</summary>
    public virtual double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) => inputGradient;

    /// <summary>What a training step changes beside the trainable parameters: running statistics.</summary>
    public virtual void UpdateStatistics(LayerCall call)
    {
    }

    /// <summary>
    /// How far the nearest value is from a place where the derivative jumps (or a division blows up), relative to the values' size.
    /// Closer than the rounding error of float32, two right answers differ.
    /// </summary>
    public virtual double Margin(LayerCall call) => double.PositiveInfinity;
}

/// <summary>A parameter's declaration.</summary>
/// <param name="Name">PyTorch's name within the layer.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Fill">How test values are drawn.</param>
/// <param name="FanIn">Inputs of one output, for the size of drawn weights.</param>
/// <param name="IsTrainable">False for running statistics, and for all of a frozen layer.</param>
internal sealed record ParameterSpec(string Name, int[] Shape, Fill Fill, int FanIn = 1, bool IsTrainable = true);

/// <summary>One application of a layer to a batch.</summary>
internal sealed record LayerCall(
    int[] InputShape, int[] OutputShape, IReadOnlyList<ReferenceParameter> Parameters, double[] Input, int Batch, bool Training)
{
    /// <summary>What it takes besides <see cref="Input"/>.</summary>
    public double[][] Others { get; init; } = [];

    /// <summary>Training batches that have moved the running statistics, with this one.</summary>
    public int Batches { get; init; } = 1;

    /// <summary>Elements of one input sample.</summary>
    public int InputSize => Input.Length / Batch;

    /// <summary>Elements of one output sample.</summary>
    public int OutputSize => OutputShape.Aggregate(1, (size, extent) => size * extent);
}

/// <summary>Two extents of an image: height, then width, as PyTorch orders them.</summary>
internal readonly record struct Pair(int Height, int Width)
{
    /// <summary>The same along both.</summary>
    public Pair(int both) : this(both, both)
    {
    }

    /// <summary>True where one number says both.</summary>
    [JsonIgnore]
    public bool IsSquare => Height == Width;
}
