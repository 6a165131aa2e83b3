using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>Networks with uses of blocks are those that one gets by writing the blocks' layers out.</summary>
public class BlockExpansionTests
{
    private const string Residual = """
        [Block]
        [Conv2d(Channels, 3, padding: 1, bias: false), BatchNorm2d, ReLU]
        [Conv2d(Channels, 3, padding: 1, bias: false, As = "last"), Add(Block.Input), ReLU]
        public abstract class Residual { [Parameter] public const int Channels = 4; }
        """;

    /// <summary>Layers with blocks; the blocks; the same layers written out.</summary>
    public static TheoryData<string, string, string> Networks => new()
    {
        {
            "Use<Residual>(4, As = \"a\"), Use<Residual>",
            Residual,
            """
            Conv2d(4, 3, padding: 1, bias: false, As = "a.conv1"), BatchNorm2d(As = "a.batchnorm1"), ReLU(As = "a.relu1"),
            Conv2d(4, 3, padding: 1, bias: false, As = "a.last"), Add("input", As = "a.add1"), ReLU(As = "a.relu2"),
            Conv2d(4, 3, padding: 1, bias: false, As = "residual2.conv1"), BatchNorm2d(As = "residual2.batchnorm1"), ReLU(As = "residual2.relu1"),
            Conv2d(4, 3, padding: 1, bias: false, As = "residual2.last"), Add("a.relu2", As = "residual2.add1"), ReLU(As = "residual2.relu2")
            """
        },
        {
            // Numbers of repetitions, what is taken by their names, and the use's.
            "Flatten, Use<Step>(7, As = \"a\", Repeat = 2), ReLU(From = \"a.0\"), Add(\"a\"), Use<Step>(7, As = \"b\", Repeat = 1), Use<Step>(7, As = \"b\", NumberFrom = 1), Add(\"b\")",
            "[Block, Linear(Size, As = \"l\")] public class Step { [Parameter] internal const int Size = 1; }",
            "Flatten, Linear(7, As = \"a.0.l\"), Linear(7, As = \"a.1.l\"), ReLU(From = \"a.0.l\"), Add(\"a.1.l\"), Linear(7, As = \"b.0.l\"), Linear(7, As = \"b.1.l\"), Add(\"b.1.l\")"
        },
        {
            "Use<Step>(As = \"step#\", NumberFrom = 1, Repeat = 3), Use<Step>(As = \"#\", Repeat = 2), Use<Step>(As = \"step#.part\"), Add(\"step1\", \"1\")",
            "[Block, ReLU] public class Step;",
            """
            ReLU(As = "step1.relu1"), ReLU(As = "step2.relu1"), ReLU(As = "step3.relu1"), ReLU(As = "0.relu1"), ReLU(As = "1.relu1"), ReLU(As = "step0.part.relu1"),
            Add("step1.relu1", "1.relu1")
            """
        },
        {
            // No repetition at all hands on what came in.
            "Tanh, Use<Step>(Repeat = 0), ReLU, Add(\"step1\")",
            "[Block, ReLU] public class Step;",
            "Tanh, ReLU, Add(\"tanh1\")"
        },
        {
            // From of a use; a block whose first layer is not the one that takes its input.
            "Conv2d(4, 1, As = \"a\"), Tanh, Use<Two>(From = \"a\", As = \"two\"), Add(\"tanh1\")",
            "[Block, ReLU(As = \"r\"), Sigmoid(As = \"s\", From = Block.Input), Multiply(\"r\")] public class Two;",
            "Conv2d(4, 1, As = \"a\"), Tanh, ReLU(From = \"a\", As = \"two.r\"), Sigmoid(As = \"two.s\", From = \"a\"), Multiply(\"two.r\", As = \"two.multiply1\"), Add(\"tanh1\")"
        },
        {
            // Blocks within blocks, their parameters expressions over those of the outer one; what stands around is not looked at.
            "Use<Stage>(8, 2, As = \"layer1\"), Use<Stage>(16, As = \"layer2\")",
            """
            [Block, Use<Half>(Width * 2, As = "0"), Use<Same>(2 * Width, Width > 8 ? 1 : 0, As = "#", Repeat = Count - 1, NumberFrom = 1)]
            public class Stage { [Parameter] public const int Width = 4; [Parameter] public const int Count = 3; }
            [Block, Conv2d(Width, 1, stride: 2)] public class Half { [Parameter] public const int Width = 4; }
            [Block, Conv2d(Width, 2 * Pad + 1, padding: Pad)] public class Same { [Parameter] public const int Width = 4; [Parameter] public const int Pad = 1; }
            """,
            """
            Conv2d(16, 1, stride: 2, As = "layer1.0.conv1"), Conv2d(16, 1, As = "layer1.1.conv1"),
            Conv2d(32, 1, stride: 2, As = "layer2.0.conv1"), Conv2d(32, 3, padding: 1, As = "layer2.1.conv1"), Conv2d(32, 3, padding: 1, As = "layer2.2.conv1")
            """
        },
        {
            // All kinds of arguments: arrays, bool, double, text; constants made of parameters; parameters made of parameters.
            "Use<All>(2), Use<All>(2, 9)",
            """
            public static class Sizes { public const int One = 1; }
            [Block]
            [Conv2d(Twice, new[] { A, Sizes.One }, padding: [A / 2, 0], bias: A == 3)]
            [Dropout(A / 10.0), BatchNorm2d(Eps = 1.0 / (A * 1000)), Conv2d((int)(B * 0.5), A + -1, As = A > 2 ? "many" : "few")]
            [Dropout(A - 2)]
            public class All { [Parameter] public const int A = 1; private const int Twice = 2 * B; [Parameter] public const int B = A * 3; }
            """,
            """
            Conv2d(12, new[] { 2, 1 }, padding: [1, 0], bias: false, As = "all1.conv1"), Dropout(0.2, As = "all1.dropout1"), BatchNorm2d(Eps = 0.0005, As = "all1.batchnorm1"),
            Conv2d(3, 1, As = "all1.few"), Dropout(0.0, As = "all1.dropout2"),
            Conv2d(18, new[] { 2, 1 }, padding: [1, 0], bias: false, As = "all2.conv1"), Dropout(0.2, As = "all2.dropout1"), BatchNorm2d(Eps = 0.0005, As = "all2.batchnorm1"),
            Conv2d(4, 1, As = "all2.few"), Dropout(0.0, As = "all2.dropout2")
            """
        },
        {
            // In the short form of a convolution, two numbers are channels and kernel, whatever the parameters are.
            "Use<Short>(3, 2), Use<Short>(8, 2)",
            "[Block, Conv2d(Channels, Kernel), BatchNorm2d] public class Short { [Parameter] public const int Channels = 3; [Parameter] public const int Kernel = 2; }",
            "Conv2d(3, 2, As = \"short1.conv1\"), BatchNorm2d(As = \"short1.batchnorm1\"), Conv2d(8, 2, As = \"short2.conv1\"), BatchNorm2d(As = \"short2.batchnorm1\")"
        },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_use_is_the_blocks_layers_in_its_place(string layers, string blocks, string flat)
    {
        NetworkGraph expected = Build($"[Network, Input(4, 8, 8), {flat}] public partial class Net;");
        expected.Problems.ShouldBeEmpty();
        NetworkGraph actual = Build($"[Network, Input(4, 8, 8), {layers}] public partial class Net; {blocks}");
        actual.Problems.ShouldBeEmpty();
        GraphListing.Write(actual).ShouldBe(GraphListing.Write(expected));
        (actual with { Layers = actual.Layers.Select(layer => layer with { Use = null }).ToEquatableArray() }).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_is_written_out_as_they_are(string layers, string blocks, string flat)
    {
        Generation expected = Generation.Run($"{Compilations.Preamble}[Network, Input(4, 8, 8), {flat}] public partial class Net;");
        Generation actual = Generation.Run($"{Compilations.Preamble}[Network, Input(4, 8, 8), {layers}] public partial class Net; {blocks}");
        actual.Errors.ShouldBeEmpty();
        actual.Reported.ShouldBeEmpty();
        actual.Files.Select(WithoutTable).ShouldBe(expected.Files.Select(WithoutTable));

        // In the documentation comment a use is one line.
        static string WithoutTable(KeyValuePair<string, string> file) => file.Key + string.Join('\n', file.Value.Split('\n').Where(line => !line.StartsWith("/// ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_block_may_stand_in_another_file_and_in_the_networks_class()
    {
        Compilation compilation = Compilations.Create(
            "using NetGen; [Network, Input(4), Use<Other.Inner>(3), Use<Own>] public partial class Net { [Block, Tanh] private sealed class Own; }",
            "using NetGen; internal static partial class Other { [Block, Linear(Size)] internal class Inner { [Parameter] internal const int Size = 2; } }");
        NetworkGraph graph = GraphBuilder.Build(NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, default), default);
        graph.Problems.ShouldBeEmpty();
        graph.Layers.Select(layer => layer.Name).ShouldBe(["inner1.linear1", "own1.tanh1"]);
        graph.Output.Size.ShouldBe(3);
    }

    [Fact]
    public void Blocks_that_are_their_files_own_are_told_apart()
    {
        Compilation compilation = Compilations.Create(
            "using NetGen; [Network, Input(4), Use<Own>(3), Use<Other>] public partial class Net; [Block, Linear(Size)] file class Own { [Parameter] internal const int Size = 2; }",
            "using NetGen; [Block, Use<Own>(5)] public class Other; [Block, Tanh, Linear(Size)] file class Own { [Parameter] internal const int Size = 2; }");
        NetworkGraph graph = GraphBuilder.Build(NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, default), default);
        graph.Problems.ShouldBeEmpty();
        graph.Layers.Select(layer => $"{layer.Name} {layer.Output}").ShouldBe(["own1.linear1 3", "other1.own1.tanh1 3", "other1.own1.linear1 5"]);
    }

    [Fact]
    public void Members_of_a_pass_are_made_of_the_whole_names() =>
        Generation.Run($"{Compilations.Preamble}[Network, Input(4, 8, 8), Use<Residual>(As = \"layer1\", Repeat = 2)] public partial class Net; {Residual}")
            .Files.Values.ShouldContain(text => text.Contains("System.ReadOnlySpan<float> Layer1_1Last => Activation(9);"));

    private static NetworkGraph Build(string source)
    {
        Compilation compilation = Compilations.Create(Compilations.Preamble + source);
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS1591").ShouldBeEmpty();
        return GraphBuilder.Build(NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None), CancellationToken.None);
    }
}
