namespace NetGen;

/// <summary>Names that layers of a block can take: <c>[Add(Block.Input)]</c>, <c>From = Block.Input</c>.</summary>
public static class Block
{
    /// <summary>What came into the block: the output that its use takes.</summary>
    public const string Input = "input";
}
