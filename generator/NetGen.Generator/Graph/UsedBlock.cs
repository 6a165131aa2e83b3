namespace NetGen.Generator.Graph;

/// <summary>A use of a block in a network, the outermost where blocks use blocks.</summary>
/// <param name="Name">What it is called: <c>layer1.0</c>.</param>
/// <param name="Block">The block's class.</param>
internal sealed record UsedBlock(string Name, string Block);
