using System.Text.Json;

namespace NetGen.Tests.Reference;

/// <summary>A loss and its gradient as PyTorch computed them; written by <c>pytorch_losses.py</c>, which says what the numbers are.</summary>
internal sealed record PyTorchLoss(
    string Loss, int Rows, int Size, double Scale, uint Seed, double LabelSmoothing, bool Classes, bool Zero, bool Samples, double Delta, bool Soft,
    bool Pos, bool Weight, int? Ignore, int Channels, double Margin, bool Squared, double Alpha, double Gamma, double Smooth, double Value, double[] Gradient)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<PyTorchLoss> All { get; } = Load();

    public double[] Outputs => [.. Filler.Values(Seed, Rows * Size).Select(value => value * Scale)];

    public int[] Labels => Filler.Labels(Seed + 1, Rows, Size);

    /// <summary>Of losses of pixels, their labels.</summary>
    public double[] Targets => Loss == "PixelCrossEntropy" ? [.. Filler.Labels(Seed + 1, Rows * Size / Channels, Channels).Select(label => (double)label)]
        : Loss is not ("BinaryCrossEntropy" or "Focal" or "Dice") ? [.. Filler.Values(Seed + 2, Rows * Size).Select(value => value * Scale)]
        : Soft ? [.. Filler.Values(Seed + 2, Rows * Size).Select(value => (value + 1) / 2)]
        : [.. Filler.Labels(Seed + 2, Rows * Size, 2).Select(yes => (double)yes)];

    public double[] ClassWeights => [.. Filler.Values(Seed + 3, Classes ? Math.Max(Channels, 0) is > 0 and int channels ? channels : Size : 0).Select((value, c) => Zero && c == Size - 1 ? 0 : 1 + (value / 2))];

    public double[] PosWeights => [.. Filler.Values(Seed + 4, Pos ? Size : 0).Select(value => 2 + value)];

    public double[] OutputWeights => [.. Filler.Values(Seed + 5, Weight ? Size : 0).Select(value => 1 + (value / 2))];

    public double[]? SampleWeights => Samples ? [.. Filler.Values(Seed + 6, Rows).Select(value => 1 + value)] : null;

    private static PyTorchLoss[] Load()
    {
        using Stream stream = typeof(PyTorchLoss).Assembly.GetManifestResourceStream("pytorch_losses.json")
            ?? throw new InvalidDataException("pytorch_losses.json is not embedded in the test assembly.");
        return JsonSerializer.Deserialize<PyTorchLoss[]>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
