namespace NetGen.Generator.Text;

/// <summary>Blocks within one another, as many as the case needs; disposing closes them, the innermost first.</summary>
internal sealed class BlockStack : IDisposable
{
    private readonly Stack<SourceWriter.Block> blocks = [];

    public void Push(SourceWriter.Block block) => blocks.Push(block);

    public void Dispose()
    {
        while (blocks.Count > 0)
            blocks.Pop().Dispose();
    }
}
