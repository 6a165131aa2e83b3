using System.Text.Json;
using NetGen.Tests.Reference;

namespace NetGen.Samples.Tests.Networks;

/// <summary>What PyTorch computed for a network of the zoo; written by <c>zoo_expected.py</c>, which says what the numbers are.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Evaluation">In evaluation mode.</param>
/// <param name="Training">In training mode; null: it is the same, or differs by what dropout leaves out.</param>
internal sealed record ZooExpectation(int Batch, ZooPass Evaluation, ZooPass? Training)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>By the networks' names.</summary>
    public static IReadOnlyDictionary<string, ZooExpectation> All { get; } = Load();

    private static Dictionary<string, ZooExpectation> Load()
    {
        using Stream stream = typeof(ZooExpectation).Assembly.GetManifestResourceStream("zoo_expected.json")
            ?? throw new InvalidDataException("zoo_expected.json is not embedded in the test assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, ZooExpectation>>(stream, Options) ?? throw new InvalidDataException("zoo_expected.json is empty.");
    }
}

/// <summary>A forward and a backward pass; of each tensor its norm, its sum, and some values.</summary>
/// <param name="Seed">Of the inputs.</param>
/// <param name="From">The layer from which the gradients go; null: the last.</param>
/// <param name="Output">That layer's output.</param>
/// <param name="InputGradient">The gradient of the input; null: the network is too large for a backward pass, of which the rest is empty.</param>
/// <param name="Gradients">By parameter.</param>
/// <param name="Buffers">Running statistics after the pass.</param>
/// <param name="Rounding">The largest relative deviation of PyTorch's own results in single precision.</param>
internal sealed record ZooPass(
    uint Seed, string? From, double[] Output, double[]? InputGradient, IReadOnlyDictionary<string, double[]> Gradients, IReadOnlyDictionary<string, double[]> Buffers, double Rounding)
{
    /// <summary>Further outputs, by their names, from which gradients go too.</summary>
    public IReadOnlyDictionary<string, double[]> Further { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Numbers of the file as a probe.</summary>
    public static Probe Probe(double[] numbers) => new(numbers[0], numbers[1], numbers[2..]);
}
