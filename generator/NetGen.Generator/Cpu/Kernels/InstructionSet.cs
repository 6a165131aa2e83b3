namespace NetGen.Generator.Cpu.Kernels;

/// <summary>
/// What kernels must know of a level of vector instructions. Kernels of all levels read alike: each file aliases
/// <c>Vec</c> to its vector class and <c>V</c> to its vector of floats.
/// </summary>
/// <param name="Name">The emitted class.</param>
/// <param name="VectorClass">For example <c>Vector512</c>.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="MultiplyAdd">The vector class's method for a·b + c.</param>
/// <param name="Condition">C# expression, constant as the JIT compiles, that chooses the level.</param>
internal sealed record InstructionSet(string Name, string VectorClass, int Lanes, int Registers, string MultiplyAdd, string Condition)
{
    /// <summary>Samples or channels in a block of lanes, at every level.</summary>
    public const int Block = 16;

    /// <summary>
    /// 32 registers of 16 floats. Not <c>Vector512.IsHardwareAccelerated</c>: that is false on the first generations of processors
    /// with AVX-512, where these kernels still run twice as fast as those for AVX2.
    /// </summary>
    public static InstructionSet Avx512 { get; } =
        new("Avx512", "Vector512", 16, 32, "FusedMultiplyAdd", "global::System.Runtime.Intrinsics.X86.Avx512F.IsSupported");

    /// <summary>16 registers of 8 floats.</summary>
    public static InstructionSet Avx2 { get; } =
        new("Avx2", "Vector256", 8, 16, "FusedMultiplyAdd", "global::System.Runtime.Intrinsics.X86.Avx2.IsSupported && global::System.Runtime.Intrinsics.X86.Fma.IsSupported");

    /// <summary>16 registers of 4 floats: SSE, NEON, or the JIT's software vectors.</summary>
    public static InstructionSet Portable { get; } = new("Portable", "Vector128", 4, 16, "MultiplyAddEstimate", "true");

    /// <summary>Best first.</summary>
    public static IReadOnlyList<InstructionSet> All { get; } = [Avx512, Avx2, Portable];

    /// <summary>Vectors in a block of 16 lanes.</summary>
    public int VectorsPerBlock => Block / Lanes;
}
