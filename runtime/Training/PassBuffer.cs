namespace NetGen;

/// <summary>Values of a pass in PyTorch's order, made when first asked for and kept until the pass moves on.</summary>
internal sealed class PassBuffer(int batch, int size)
{
    private float[]? values;

    /// <summary>Whether what it holds is still true.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>The first <paramref name="count"/> samples.</summary>
    public Span<float> Of(int count) => (values ??= new float[checked(batch * size)]).AsSpan(0, count * size);
}
