namespace NetGen;

/// <summary>
/// The layers of a block in this place, once or several times in a row: <c>[Use&lt;Residual&gt;(128, As = "layer2", Repeat = 3)]</c>. Its layers see their own
/// block and <see cref="Block.Input"/>, nothing of what is around the use; the layers behind it may take the output of its last layer by the use's name.
/// </summary>
/// <remarks>
/// <para>A layer <c>conv1</c> of the block is <c>layer2.conv1</c> of the network, or, where the use has a number (<see cref="Repeat"/>,
/// <see cref="NumberFrom"/>), <c>layer2.0.conv1</c>, <c>layer2.1.conv1</c> and so on. A <c>#</c> in <see cref="LayerAttribute.As"/> says where the number goes:
/// <c>"denselayer#"</c> makes <c>denselayer0.conv1</c>. A use without a name is called as its class, in lower case, and numbered: <c>residual1</c>.</para>
/// </remarks>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class UseAttribute<TBlock> : LayerAttribute
    where TBlock : class
{
    /// <summary>Uses a block.</summary>
    /// <param name="parameters">Values of the block's parameters, in the order in which they are declared; those left out have their declared values.</param>
    public UseAttribute(params int[] parameters) => Parameters = parameters;

    /// <summary>Values of the block's parameters.</summary>
    public IReadOnlyList<int> Parameters { get; }

    /// <summary>How many there are in a row, each on the output of the one before, at least 0; of 0 the output is what came in.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>The number of the first one in names, at least 0.</summary>
    public int NumberFrom { get; set; }

    /// <summary>
    /// Whether all layers of the block, and of the blocks that it uses, are frozen (<see cref="ParameterLayerAttribute.Frozen"/>). The block is a fixed
    /// function then: dropout within it is off too.
    /// </summary>
    public bool Frozen { get; set; }
}
