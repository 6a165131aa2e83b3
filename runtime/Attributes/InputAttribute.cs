namespace NetGen;

/// <summary>
/// The shape of one input sample: a vector [features], a signal [channels, length], an image [channels, height, width] or a volume [channels, depth, height, width].
/// Exactly one per network.
/// </summary>
/// <remarks>The compiler lets it be repeated, so that a second one is reported once, by the generator's own diagnostic.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Images: [<paramref name="channels"/>, <paramref name="height"/>, <paramref name="width"/>], each at least 1.</summary>
    public InputAttribute(int channels, int height, int width) => Extents = [channels, height, width];

    /// <summary>Vectors of <paramref name="features"/> values, at least 1.</summary>
    public InputAttribute(int features) => Extents = [features];

    /// <summary>Signals: [<paramref name="channels"/>, <paramref name="length"/>], each at least 1.</summary>
    public InputAttribute(int channels, int length) => Extents = [channels, length];

    /// <summary>Volumes, or short films: [<paramref name="channels"/>, <paramref name="depth"/>, <paramref name="height"/>, <paramref name="width"/>], each at least 1.</summary>
    public InputAttribute(int channels, int depth, int height, int width) => Extents = [channels, depth, height, width];

    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Extents { get; }
}
