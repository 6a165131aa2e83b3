using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer whose windows slide over images.</summary>
/// <param name="Kernel">A window's taps.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Padding above and below, left and right; above and left only where there is <see cref="After"/>.</param>
internal abstract record WindowLayer(Pair Kernel, Pair Stride, Pair Padding) : Layer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Pair Dilation { get; init; } = new(1);

    /// <summary>Padding below and at the right, where it is another than above and at the left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pair? After { get; init; }

    /// <summary>The padding follows from a rule instead of numbers: Same or Full.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>PyTorch's ceil_mode.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Whether any window fits an image of that shape.</summary>
    public virtual bool Fits(int[] input)
    {
        Pair before = Before(input), after = Behind(input);
        return input[1] + before.Height + after.Height >= Reach.Height && input[2] + before.Width + after.Width >= Reach.Width;
    }

    /// <summary>From the first tap to the last.</summary>
    protected Pair Reach => new(Dilation.Height * (Kernel.Height - 1) + 1, Dilation.Width * (Kernel.Width - 1) + 1);

    /// <summary>Padding above and at the left.</summary>
    protected Pair Before(int[] input) => Each(input, (size, reach, stride, before, _) => Rule switch
    {
        "Same" => Total(size, reach, stride) / 2,
        "Full" => reach - 1,
        _ => before,
    });

    /// <summary>Padding below and at the right.</summary>
    protected Pair Behind(int[] input) => Each(input, (size, reach, stride, _, after) => Rule switch
    {
        "Same" => Total(size, reach, stride) - Total(size, reach, stride) / 2,
        "Full" => reach - 1,
        _ => after,
    });

    /// <summary>⌊(extent + before + after − reach) / stride⌋ + 1 along both axes; rounded up in ceil mode, unless the last window would start behind the image.</summary>
    protected int[] OutputExtents(int[] input)
    {
        Pair before = Before(input), after = Behind(input);
        return [Count(input[1], Reach.Height, Stride.Height, before.Height, after.Height), Count(input[2], Reach.Width, Stride.Width, before.Width, after.Width)];
    }

    /// <summary>The arguments, as the attribute has them.</summary>
    protected string Arguments(Pair usualStride) => AttributeText.Window(Kernel, Stride, usualStride, Padding, Dilation, After, Rule);

    private int Count(int size, int reach, int stride, int before, int after)
    {
        int count = (int)(CeilMode ? Math.Ceiling((double)(size + before + after - reach) / stride) : Math.Floor((double)(size + before + after - reach) / stride)) + 1;
        return CeilMode && (count - 1) * stride >= size + before ? count - 1 : count;
    }

    /// <summary>TensorFlow's: max((⌈size / stride⌉ − 1)·stride + reach − size, 0).</summary>
    private static int Total(int size, int reach, int stride) => Math.Max(((int)Math.Ceiling((double)size / stride) - 1) * stride + reach - size, 0);

    private Pair Each(int[] input, Func<int, int, int, int, int, int> number)
    {
        Pair after = After ?? Padding;
        return new(number(input[1], Reach.Height, Stride.Height, Padding.Height, after.Height), number(input[2], Reach.Width, Stride.Width, Padding.Width, after.Width));
    }
}
