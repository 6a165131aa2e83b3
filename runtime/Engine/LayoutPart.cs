using System.Collections.Immutable;

namespace NetGen.Engine;

/// <summary>Elements of a layout that follow one another in PyTorch's order.</summary>
/// <param name="Layout">Their own layout.</param>
/// <param name="Kernel">Floats from the whole layout's first element to theirs in the kernels' memory.</param>
/// <param name="First">The place of the first of them in PyTorch's order.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct LayoutPart(ImmutableArray<Stride> Layout, nint Kernel, int First, int Count);
