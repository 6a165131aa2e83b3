namespace NetGen.Tests.Numerics;

/// <summary>
/// A search for rare errors. Set <c>NETGEN_CASES</c> to the number of networks, <c>NETGEN_SEED</c> to draw others, and <c>NETGEN_PROGRESS</c> to a file that
/// gets a line for each portion and every failure when it is found.
/// </summary>
public class NetworkSearchTests
{
    /// <summary>A portion of each kind is what other tests check already.</summary>
    private const int UsualCases = 3;

    [Fact]
    public void Random_networks_agree_with_the_reference() =>
        new NetworkSearch(CaseSets.Number("NETGEN_SEED", 1), (int)CaseSets.Number("NETGEN_CASES", UsualCases), Report).Run().ShouldBeEmpty();

    /// <summary>Layers, options and forms of branches: no kind is missing among a few thousand networks.</summary>
    [Fact]
    public void Every_kind_of_layer_is_drawn()
    {
        var drawn = Enumerable.Range(0, 60).SelectMany(portion => NetworkSearch.Draw(1, portion)).SelectMany(network => network.Layers).Select(layer => layer.GetType()).ToHashSet();
        typeof(Reference.Layers.Layer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Reference.Layers.Layer)) && type is { IsAbstract: false, Namespace: "NetGen.Tests.Reference.Layers" } && !drawn.Contains(type) && type != typeof(MaskLayer))
            .ShouldBeEmpty();
    }

    private static void Report(string line)
    {
        if (Environment.GetEnvironmentVariable("NETGEN_PROGRESS") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }
}
