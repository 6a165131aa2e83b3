namespace NetGen.Engine;

/// <summary>Kernels take samples by 16, at every level of instructions: memory and shares of a batch come in blocks of as many.</summary>
internal static class SampleBlock
{
    /// <summary>Samples in a block.</summary>
    public const int Size = 16;

    /// <summary>A number of samples, made up to whole blocks.</summary>
    public static long Padded(long samples) => (samples + Size - 1) / Size * Size;
}
