using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>A network and the batches to try it with.</summary>
/// <param name="Input">Shape of one sample.</param>
/// <param name="Layers">The layers, shapes fitting.</param>
/// <param name="Batch">Samples of the full batch.</param>
/// <param name="Partial">Samples of the partial batch that follows it in the same memory, at most <paramref name="Batch"/>.</param>
internal sealed record NetworkCase(int[] Input, Layer[] Layers, int Batch, int Partial)
{
    /// <summary>Declares the network as a class of that name.</summary>
    public string Declaration(string className) => $"""
        [Network, Input({string.Join(", ", Input)})]
        [{string.Join(", ", Attributes)}]
        public partial class {className};
        """;

    /// <summary>The layers that give further outputs, called <c>o</c> and the layer's number.</summary>
    public int[] Outputs { get; init; } = [];

    /// <summary>Whether some layer takes another output than the one right before it, or another layer's parameters.</summary>
    public bool HasBranches => Layers.Any(layer => layer.Sources is not null || layer.Weights is not null);

    /// <summary>The layers' attributes, with the names of the layers that they take.</summary>
    private IEnumerable<string> Attributes
    {
        get
        {
            IReadOnlyList<string> names = HasBranches || Outputs.Length > 0 ? new ReferenceNetwork(Input, Layers).Names : [];
            string NameOf(int layer) => $"\"{(layer < 0 ? "input" : names[layer])}\"";
            return Layers.Select((layer, i) =>
            {
                int[] sources = layer.Sources ?? [i - 1];
                string[] arguments = [.. sources.Skip(1).Select(NameOf), .. sources[0] == i - 1 ? Array.Empty<string>() : [$"From = {NameOf(sources[0])}"], .. layer.Properties(NameOf)];
                return arguments.Length == 0 ? layer.Attribute
                    : layer.Attribute.EndsWith(')') ? $"{layer.Attribute[..^1]}, {string.Join(", ", arguments)})"
                    : $"{layer.Attribute}({string.Join(", ", arguments)})";
            }).Concat(Outputs.Select(layer => $"Output(\"o{layer}\", From = {NameOf(layer)})"));
        }
    }

    /// <summary>A source file that declares all of these as Case0, Case1, ….</summary>
    public static string Source(IEnumerable<NetworkCase> cases) => $"""
        using NetGen;

        namespace Networks;

        {string.Join("\n\n", cases.Select((one, i) => one.Declaration($"Case{i}")))}
        """;

    /// <summary>The reference, parameters filled from the seed.</summary>
    public ReferenceNetwork CreateReference(uint seed)
    {
        var reference = new ReferenceNetwork(Input, Layers);
        reference.Fill(seed);
        return reference;
    }

    /// <summary>True if training differs from evaluation by more than dropout: batch statistics.</summary>
    public bool HasBatchStatistics => Layers.Any(layer => layer is BatchNormLayer { Frozen: false });

    /// <summary>True if training draws random masks.</summary>
    public bool HasDropout => Layers.Any(layer => layer is DropoutLayer);

    /// <inheritdoc/>
    public override string ToString() => $"{Declaration("Case")} // batch {Batch}, then {Partial}";
}
