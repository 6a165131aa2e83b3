using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer whose windows slide over volumes, in the order depth, height, width.</summary>
/// <param name="Kernel">A window's taps.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Padding on both sides; before the volume only where there is <see cref="After"/>.</param>
internal abstract record VolumeWindowLayer(int[] Kernel, int[] Stride, int[] Padding) : Layer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public int[] Dilation { get; init; } = [1, 1, 1];

    /// <summary>Padding behind the volume, where it is another than before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? After { get; init; }

    /// <summary>PyTorch's ceil_mode.</summary>
    public bool CeilMode { get; init; }

    protected int Reach(int axis) => Dilation[axis] * (Kernel[axis] - 1) + 1;

    protected int Behind(int axis) => (After ?? Padding)[axis];

    /// <summary>Whether any window fits a volume of that shape.</summary>
    public virtual bool Fits(int[] input) => Enumerable.Range(0, 3).All(axis => input[axis + 1] + Padding[axis] + Behind(axis) >= Reach(axis));

    protected int[] Counts(int[] input) => [.. Enumerable.Range(0, 3).Select(axis =>
    {
        double room = input[axis + 1] + Padding[axis] + Behind(axis) - Reach(axis);
        int count = (int)(CeilMode ? Math.Ceiling(room / Stride[axis]) : Math.Floor(room / Stride[axis])) + 1;
        return CeilMode && (count - 1) * Stride[axis] >= input[axis + 1] + Padding[axis] ? count - 1 : count;
    })];

    /// <summary>The arguments, as the attribute has them.</summary>
    protected string Arguments(int[] usualStride)
    {
        string Option(string name, int[] value, int[] usual) => value.SequenceEqual(usual) ? "" : $", {name}: [{string.Join(", ", value)}]";
        string padding = After is { } after
            ? Option("padding", [Padding[2], after[2], Padding[1], after[1], Padding[0], after[0]], [])
            : Option("padding", Padding, [0, 0, 0]);
        return $"[{string.Join(", ", Kernel)}]{Option("stride", Stride, usualStride)}{padding}{Option("dilation", Dilation, [1, 1, 1])}";
    }
}
