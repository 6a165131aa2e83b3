namespace NetGen;

/// <summary>
/// Pixels around an image: [c, h, w] to [c, h + top + bottom, w + left + right]; in the same way around a signal [c, l] or a volume [c, d, h, w].
/// PyTorch's <c>nn.ZeroPad2d</c>, <c>nn.ReflectionPad2d</c>, <c>nn.ReplicationPad2d</c> and <c>functional.pad(mode='circular')</c>.
/// </summary>
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>As many on each side.</summary>
    /// <param name="padding">Pixels on each side, at least 0.</param>
    /// <param name="mode">What they are. Mirrored, below the image's size; of the other side, at most that.</param>
    public PadAttribute(int padding, PadMode mode = PadMode.Zeros)
        : this([padding], mode)
    {
    }

    /// <summary>A number for each side: <c>[Pad([0, 1, 0, 1])]</c>.</summary>
    /// <param name="padding">Left and right of a signal; left, right, top and bottom of an image; left, right, top, bottom, front and back of a volume, each at least 0.</param>
    /// <param name="mode">What they are.</param>
    public PadAttribute(int[] padding, PadMode mode = PadMode.Zeros) => (Padding, Mode) = (padding, mode);

    /// <summary>One number for all sides; or left and right, of an image top and bottom too, of a volume front and back too.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>What is put around the image.</summary>
    public PadMode Mode { get; }
}
