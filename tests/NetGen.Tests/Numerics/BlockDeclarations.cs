using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Declares a network in two ways: every layer by itself, and with some layers in a row as uses of blocks, whose numbers hang on parameters now and then. The
/// names are the same in both.
/// </summary>
internal sealed partial class BlockDeclarations
{
    /// <summary>Layers in a row that a use stands for, some times over.</summary>
    /// <param name="First">The first layer's number.</param>
    /// <param name="Length">Layers of one repetition.</param>
    /// <param name="Repeat">Repetitions; null: it is not said, and there is one.</param>
    private sealed record Part(int First, int Length, int? Repeat)
    {
        public int Behind => First + (Length * (Repeat ?? 1));
    }

    private readonly NetworkCase network;
    private readonly Random random;
    private readonly List<Part> parts = [];
    private readonly string[] local;
    private readonly string[] names;
    private readonly List<string> blocks = [];

    private BlockDeclarations(NetworkCase chain, Random random)
    {
        this.random = random;
        network = chain;
        for (var layer = 0; layer < network.Layers.Length; layer++)
        {
            int length = random.Next(1, 4);
            if (random.Next(3) == 0 || !IsClosed(layer, length))
                continue;
            var part = new Part(layer, length, random.Next(3) == 0 ? 1 : null);
            if (Repeated(part, random.Next(2, 4)) is var (longer, repeated))
                (network, part) = (longer, repeated);
            parts.Add(part);
            layer = part.Behind - 1;
        }
        local = [.. network.Layers.Select((_, i) => PartOf(i) is { } part ? $"l{(i - part.First) % part.Length}" : $"l{i}")];
        names = [.. local.Select((name, i) => PartOf(i) is { } part ? $"{UseName(part, i)}.{name}" : name)];
        Flat = Declare([.. network.Layers.Select((_, i) => Attribute(i, names[i], NameInNetwork))]);
        WithBlocks = Declare([.. Uses()]) + string.Concat(blocks);
    }

    /// <summary>The class Net, each layer an attribute of it.</summary>
    public string Flat { get; }

    /// <summary>The class Net with uses of blocks, and the blocks.</summary>
    public string WithBlocks { get; }

    /// <summary>How many uses there are.</summary>
    public int UseCount => parts.Count;

    /// <summary>How many of them repeat their block.</summary>
    public int RepeatedCount => parts.Count(part => part.Repeat > 1);

    public static BlockDeclarations Of(NetworkCase network, Random random) => new(network, random);

    /// <summary>Whether layers take only each other's outputs and one that comes in, and only the last one's output is taken by others.</summary>
    private bool IsClosed(int first, int length)
    {
        int behind = first + length;
        if (behind > network.Layers.Length)
            return false;
        int input = Sources(first)[0];
        bool IsWithin(int layer) => layer >= first && layer < behind;
        // Names of layers that share parameters are those of one block.
        if (network.Layers.Where((layer, i) => layer.Weights is { } owner && IsWithin(owner) != IsWithin(i)).Any())
            return false;
        return input < first
            && Enumerable.Range(first, length).All(layer => Sources(layer).All(source => (source >= first && source < layer) || source == input))
            && Enumerable.Range(behind, network.Layers.Length - behind).All(layer => Sources(layer).All(source => source < first || source >= behind - 1));
    }

    private int[] Sources(int layer) => network.Layers[layer].Sources ?? [layer - 1];

    /// <summary>The network with a part some times over, where that makes of a shape the same again; else null.</summary>
    private (NetworkCase Network, Part Part)? Repeated(Part part, int times)
    {
        var reference = new ReferenceNetwork(network.Input, network.Layers);
        int[][] shapes = [.. reference.OutputShapes];
        int input = Sources(part.First)[0], last = part.Behind - 1, longer = part.Length * (times - 1);
        if (!(input < 0 ? network.Input : shapes[input]).SequenceEqual(shapes[last]))
            return null;
        int Move(int source) => source >= last ? source + longer : source;
        IEnumerable<Layer> copies = Enumerable.Range(0, part.Length * times).Select(i =>
        {
            (int repetition, int layer) = (i / part.Length, part.First + (i % part.Length));
            int[] sources = [.. Sources(layer).Select(source => source == input ? (repetition == 0 ? input : part.First + (repetition * part.Length) - 1) : source + (repetition * part.Length))];
            return network.Layers[layer] with { Sources = sources is [var only] && only == part.First + i - 1 ? null : sources, Weights = network.Layers[layer].Weights + (repetition * part.Length) };
        });
        IEnumerable<Layer> behind = network.Layers[part.Behind..]
            .Select(layer => layer.Sources is { } sources ? layer with { Sources = [.. sources.Select(Move)] } : layer)
            .Select(layer => layer.Weights is { } owner ? layer with { Weights = Move(owner) } : layer);
        return (network with { Layers = [.. network.Layers[..part.First], .. copies, .. behind] }, part with { Repeat = times });
    }

    private Part? PartOf(int layer) => parts.FirstOrDefault(part => part.First <= layer && layer < part.Behind);

    private static string UseName(Part part, int layer) => $"use{part.First}" + (part.Repeat is null ? "" : $".{(layer - part.First) / part.Length}");

    private string NameInNetwork(int layer) => layer < 0 ? "\"input\"" : $"\"{names[layer]}\"";

    /// <summary>What layers of the network call an output: a part's last one by one of the use's names.</summary>
    private string NameBesideUses(int layer) => layer < 0 || PartOf(layer) is not { } part ? NameInNetwork(layer)
        : part.Repeat is not null && random.Next(2) == 0 ? $"\"{UseName(part, layer)}\""
        : $"\"use{part.First}\"";

    private IEnumerable<string> Uses()
    {
        for (var layer = 0; layer < network.Layers.Length; layer++)
        {
            if (PartOf(layer) is not { } part)
            {
                yield return Attribute(layer, names[layer], NameBesideUses);
                continue;
            }
            var values = new List<int>();
            yield return $"Use<Block{part.First}>({WriteBlock(part, values)}As = \"use{part.First}\"{From(part)}{(part.Repeat is { } repeat ? $", Repeat = {repeat}" : "")})";
            layer = part.Behind - 1;
        }
    }

    private string From(Part part) => Sources(part.First)[0] is var input && input != part.First - 1 ? $", From = {NameBesideUses(input)}" : "";

    /// <summary>Writes a part's block; the values of its parameters.</summary>
    private string WriteBlock(Part part, List<int> values)
    {
        int input = Sources(part.First)[0];
        string Name(int layer) => layer == input ? "Block.Input" : $"\"{local[layer]}\"";
        string[] layers = [.. Enumerable.Range(part.First, part.Length).Select(layer => Parametrise(Attribute(layer, local[layer], Name, part.First, input), values))];
        string parameters = string.Concat(values.Select((_, i) => $" [Parameter] public const int P{i} = {random.Next(1, 9)};"));
        blocks.Add($"\n[Block, {string.Join(", ", layers)}] public abstract class Block{part.First} {{{parameters} }}");
        return string.Concat(values.Select(value => $"{value}, "));
    }

    /// <summary>Some of the numbers as expressions over parameters; what a text or a fraction has stays.</summary>
    private string Parametrise(string attribute, List<int> values) => Number().Replace(attribute, number =>
    {
        int value = int.Parse(number.Value, CultureInfo.InvariantCulture);
        if (random.Next(2) == 0)
            return number.Value;
        string name = $"P{values.Count}";
        int distance = random.Next(-3, 4);
        (int given, string expression) = random.Next(4) switch
        {
            0 => (value, name),
            1 => (value - distance, $"{name} + {distance}"),
            2 => (2 * value, $"{name} / 2"),
            _ => (value, $"({name} >= 0 ? {name} : -{name})"),
        };
        values.Add(given);
        return expression;
    });

    /// <summary>A layer's attribute with its name and what it takes.</summary>
    private string Attribute(int layer, string name, Func<int, string> nameOf, int first = -1, int input = -1)
    {
        int[] sources = Sources(layer);
        string[] merged = [.. sources.Skip(1).Select(nameOf)];
        // The first layer of a block takes what comes in.
        string from = sources[0] == layer - 1 || (layer == first && sources[0] == input) ? "" : $", From = {nameOf(sources[0])}";
        string attribute = network.Layers[layer].Attribute;
        (string kind, string arguments) = attribute.EndsWith(')') ? (attribute[..attribute.IndexOf('(', StringComparison.Ordinal)], attribute[(attribute.IndexOf('(', StringComparison.Ordinal) + 1)..^1]) : (attribute, "");
        return $"{kind}({string.Join(", ", [.. arguments.Length == 0 ? Array.Empty<string>() : [arguments], .. merged, $"As = \"{name}\"", .. network.Layers[layer].Properties(nameOf)])}{from})";
    }

    private string Declare(string[] attributes) =>
        $"using NetGen;\n[Network, Input({string.Join(", ", network.Input)}), {string.Join(", ", attributes)}]\npublic partial class Net;";

    [GeneratedRegex("(?<![\\w.\"])[0-9]+(?![\\w.\"])")]
    private static partial Regex Number();
}
