using System.Text.Json;

namespace NetGen.Tests.Reference;

/// <summary>What an optimizer of PyTorch made of a weight and a bias; written by <c>pytorch_optimizers.py</c>, which says what the numbers are.</summary>
internal sealed record PyTorchOptimizer(
    string Optimizer, Dictionary<string, JsonElement> Arguments, bool Schedule, bool Large, bool Groups, double? ClipNorm, double? ClipValue, double[] Values)
{
    public const int Steps = 100, Outputs = 6, Inputs = 4, Count = (Outputs * Inputs) + Outputs;

    /// <summary>All cases.</summary>
    public static IReadOnlyList<PyTorchOptimizer> All { get; } = Load();

    public static double[] Start => [.. Filler.Values(7000, Count).Select(value => 2 + value)];

    public double Argument(string name, double otherwise) => Arguments.TryGetValue(name, out JsonElement given) ? given.GetDouble() : otherwise;

    public double Beta(int index, double otherwise) => Arguments.TryGetValue("betas", out JsonElement given) ? given[index].GetDouble() : otherwise;

    public bool Flag(string name) => Arguments.TryGetValue(name, out JsonElement given) && given.GetBoolean();

    /// <summary>The gradients of a step, from 1.</summary>
    public double[] Gradients(int step) => Gradients(step, Count, Large ? 20 : 1);

    public static double[] Gradients(int step, int count, double scale = 1) =>
        [.. Filler.Values((uint)(7000 + step), count).Select((value, i) => i % 7 == 0 ? 0 : value * Math.Pow(10, (i % 5) - 3) * scale)];

    public override string ToString() => $"{Optimizer}({string.Join(", ", Arguments)})";

    private static PyTorchOptimizer[] Load()
    {
        using Stream stream = typeof(PyTorchOptimizer).Assembly.GetManifestResourceStream("pytorch_optimizers.json")
            ?? throw new InvalidDataException("pytorch_optimizers.json is not embedded in the test assembly.");
        return JsonSerializer.Deserialize<PyTorchOptimizer[]>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
