using System.Text.Json;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Reference;

/// <summary>What PyTorch computed for one network; written by <c>pytorch_expected.py</c>, which says what the numbers are.</summary>
internal sealed record PyTorchCase(
    string Name,
    int[] InputShape,
    Layer[] Layers,
    int Batch,
    uint Seed,
    bool Training,
    int InputLevels,
    string LossKind,
    Probe Output,
    double Loss,
    Probe InputGradient,
    IReadOnlyDictionary<string, Probe> Gradients,
    IReadOnlyDictionary<string, Probe> Buffers,
    IReadOnlyDictionary<string, PyTorchRun> Runs,
    PyTorchHead[]? Heads = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>All cases.</summary>
    public static IReadOnlyList<PyTorchCase> All { get; } = Load();

    /// <summary>The case of that name.</summary>
    public static PyTorchCase Named(string name) => All.Single(one => one.Name == name);

    /// <summary>The network, filled.</summary>
    public ReferenceNetwork CreateReference()
    {
        var network = new ReferenceNetwork(InputShape, Layers);
        network.Fill(Seed);
        return network;
    }

    /// <summary>The inputs of a training step, [batch, input shape].</summary>
    public double[] Inputs(int step = 0)
    {
        int size = Batch * ReferenceNetwork.Size(InputShape);
        double[] values = Filler.Values(Seed + 90, size, first: step * size);
        return InputLevels == 0 ? values : [.. values.Select(value => Math.Floor(value * InputLevels) / InputLevels)];
    }

    /// <summary>The labels of a training step.</summary>
    public int[] Labels(int step, int classes) => Filler.Labels(Seed + 91, Batch, classes, step * Batch);

    /// <summary>The targets of a training step.</summary>
    public double[] Targets(int step, int outputs) => Filler.Values(Seed + 92, Batch * outputs, first: step * Batch * outputs);

    /// <summary>The loss of a training step.</summary>
    public ReferenceLoss CreateLoss(int step, int outputs) => LossKind switch
    {
        "WeightedSum" => new WeightedSumLoss(Targets(step, outputs)),
        "MeanSquaredError" => new MeanSquaredErrorLoss(Targets(step, outputs)),
        "CrossEntropy" => new CrossEntropyLoss(Labels(step, outputs)),
        "NegativeLogLikelihood" => new NegativeLogLikelihoodLoss(Labels(step, outputs)),
        _ => throw new InvalidDataException($"{Name}: unknown loss '{LossKind}'."),
    };

    /// <summary>Further outputs and the weights of their losses.</summary>
    public IEnumerable<(int Layer, double Weight)> FurtherOutputs => (Heads ?? []).Select(head => (head.Layer, head.Weight));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IReadOnlyList<PyTorchCase> Load()
    {
        using Stream stream = typeof(PyTorchCase).Assembly.GetManifestResourceStream("pytorch_expected.json")
            ?? throw new InvalidDataException("pytorch_expected.json is not embedded in the test assembly.");
        return JsonSerializer.Deserialize<PyTorchCase[]>(stream, Options) ?? throw new InvalidDataException("pytorch_expected.json is empty.");
    }
}

/// <summary>A further output: the layer that gives it, and the weight of its loss, which is of the main output's kind.</summary>
internal sealed record PyTorchHead(int Layer, double Weight);

/// <summary>Three training steps: the loss before each, and every tensor after the last.</summary>
internal sealed record PyTorchRun(double[] Losses, IReadOnlyDictionary<string, Probe> Tensors);
