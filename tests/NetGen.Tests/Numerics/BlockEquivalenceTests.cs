using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Random networks, with and without branches, declared layer by layer and with blocks, are written out alike to the letter, but for the table of layers that editors show.</summary>
public class BlockEquivalenceTests
{
    [Fact]
    public void A_network_of_blocks_is_written_as_its_layers()
    {
        var random = new Random(1);
        (int uses, int repeated) = (0, 0);
        foreach (NetworkCase network in CaseSets.Generated.Concat(CaseSets.Branched).Concat(CaseSets.Topology).Where(network => network is { Layers.Length: > 1, Outputs.Length: 0 }))
        {
            BlockDeclarations declarations = BlockDeclarations.Of(network, random);
            (uses, repeated) = (uses + declarations.UseCount, repeated + declarations.RepeatedCount);
            Files(declarations.WithBlocks).ShouldBe(Files(declarations.Flat), declarations.WithBlocks);
        }
        uses.ShouldBeGreaterThan(100);
        repeated.ShouldBeGreaterThan(20);
    }

    /// <summary>What the generator writes, by file.</summary>
    private static SortedDictionary<string, string> Files(string source)
    {
        Microsoft.CodeAnalysis.Compilation compilation = NetworkCompiler.Generate(source, out ImmutableArray<Diagnostic> reported);
        reported.ShouldBeEmpty(source);
        var files = new SortedDictionary<string, string>(compilation.SyntaxTrees.Skip(1).ToDictionary(tree => tree.FilePath, tree => WithoutTable(tree.ToString())), StringComparer.Ordinal);
        files.Count.ShouldBeGreaterThan(3, source);
        files.Values.ShouldNotContain(text => text.Contains("A network with mistakes", StringComparison.Ordinal), source);
        return files;
    }

    /// <summary>In the class's documentation comment a use of a block is one line.</summary>
    private static string WithoutTable(string file) => string.Join('\n', file.Split('\n').Where(line => !line.StartsWith("/// ", StringComparison.Ordinal)));
}
