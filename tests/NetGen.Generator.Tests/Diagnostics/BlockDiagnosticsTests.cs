using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Each mistake in a block or in a use of one: its id, the text that is underlined, and its message.</summary>
public class BlockDiagnosticsTests
{
    private const string Net = " public partial class Net; ";
    private const string Scale = " public class Wrong { [Parameter] public const int Channels = 4; }";

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // The source; the id; what is underlined; the message.
        { "[Network, Input(4), Use<Other>]" + Net + "public class Other;", "NG0126", "Use<Other>", "'Other' cannot be used as a block: it has no [Block] and no layers" },
        {
            "[Network, Input(4), Use<Other>(3)]" + Net + "[Network, Input(4), ReLU] public partial class Other;",
            "NG0126", "Use<Other>(3)", "'Other' cannot be used as a block: it is a network: give its layers to a block that both use"
        },
        {
            "[Network, Input(4), Use<string>]" + Net,
            "NG0126", "Use<string>", "'String' cannot be used as a block: it is in assembly 'System.Private.CoreLib': blocks are read from source, so add its file to this project"
        },
        { "[Network, Input(4), Use<Other>]" + Net + "[ReLU] public class Other;", "NG0305", "ReLU", "'Other' has layer attributes but neither [Network] nor [Block]: without one they do nothing" },
        {
            "[Network, Input(4), Use<Wrong>(1, 2 + 3)]" + Net + "[Block, ReLU]" + Scale,
            "NG0127", "2 + 3", "Use gives 2 numbers for the parameters of 'Wrong', which has 1: Channels"
        },
        { "[Network, Input(4), Use<Wrong>(7)]" + Net + "[Block, ReLU] public class Wrong;", "NG0127", "7", "Use gives 1 number for the parameters of 'Wrong', which has none" },
        {
            "[Network, Input(4), Use<Wrong>(0, As = \"a\", Repeat = 2)]" + Net + "[Block, Linear(12 / Channels)]" + Scale,
            "NG0128", "12 / Channels", "Linear: outFeatures has no value where Channels is 0: it divides by zero, in Wrong, used as a.0 of Net"
        },
        {
            "[Network, Input(4), Use<Wrong>(2000000000)]" + Net + "[Block, Linear(outFeatures: 2 * Channels)]" + Scale,
            "NG0128", "2 * Channels", "Linear: outFeatures has no value where Channels is 2000000000: a number on the way is beyond the range of int, in Wrong, used as wrong1 of Net"
        },
        {
            "[Network, Input(4), Use<Wrong>]" + Net + "[Block, Linear(Channels << 1)]" + Scale,
            "NG0128", "Channels << 1", "Linear: outFeatures has no value: of parameters NetGen works out sums, products, quotients, comparisons, choices with ?: and conversions between int and double, in Wrong, used as wrong1 of Net"
        },
        {
            "[Network, Input(4), Use<A>(As = \"x\")]" + Net + "[Block, ReLU, Use<B>] public class A; [Block, Use<C>] public class B; [Block, ReLU, Use<B>] public class C;",
            "NG0129", "Use<B>", "Use of 'B' would never end: B → C → B, in C, used as x.b1.c1 of Net"
        },
        { "[Network, Input(4), Use<A>(Repeat = 100001)]" + Net + "[Block, ReLU] public class A;", "NG0130", "Use<A>(Repeat = 100001)", "Network 'Net' has more than 10,000 layers, or repetitions of blocks" },
        {
            "[Network, Input(4), Use<A>]" + Net + "[Block, Use<B>(Repeat = 2000000000)] public class A; [Block, Use<C>(Repeat = 0)] public class B; [Block, ReLU] public class C;",
            "NG0130", "Use<B>(Repeat = 2000000000)", "Network 'Net' has more than 10,000 layers, or repetitions of blocks, in A, used as a1 of Net"
        },
        {
            "[Network, Input(4), Linear(4, As = \"a\"), Use<Wrong>(As = \"x\")]" + Net + "[Block, ReLU, Linear(4, Weights = \"a\")] public class Wrong;",
            "NG0160", "\"a\"", "Linear takes the parameters of 'a', which is outside the block: a layer shares those of one above it in its own block, in Wrong, used as x of Net"
        },
        {
            "[Network, Input(4), Use<Part>(As = \"x\"), Linear(4, Weights = \"x\")]" + Net + "[Block, ReLU, Linear(4)] public class Part;",
            "NG0160", "\"x\"", "Linear takes the parameters of 'x', which is no layer: name a Linear above it"
        },
        { "[Network, Block, Input(4), ReLU] public partial class Both;", "NG0309", "Both", "'Both' is declared a network and a block: give its layers to a block, and have a network of its own use that" },
        { "[Block, Input(4), ReLU] public class Wrong;", "NG0310", "Input(4)", "Block 'Wrong' has an [Input]: a block takes what its use gives it, and calls it Block.Input" },
        { "[Block, ReLU, Output(\"x\"), ReLU] public class Wrong;", "NG0320", "Output(\"x\")", "Block 'Wrong' has an [Output]: outputs are a network's; name one there, of the use with From" },
        { "[Block] public class Wrong;", "NG0311", "Wrong", "Block 'Wrong' has no layer: add at least one, for example [ReLU]" },
        { "[Network, Input(4), Use<Wrong>]" + Net + "[Block] public class Wrong;", "NG0311", "Wrong", "Block 'Wrong' has no layer: add at least one, for example [ReLU]" },
        {
            "[Block, ReLU] public class Wrong { [Parameter] public const long Size = 4; }",
            "NG0312", "Size", "Parameter 'Size' of block 'Wrong' must be a constant of type int: [Parameter] public const int Size = 1"
        },
        {
            "[Network, Input(4), Use<Wrong>(3)]" + Net + "[Block, ReLU] public class Wrong { [Parameter] public static int Size = 4; }",
            "NG0312", "Size", "Parameter 'Size' of block 'Wrong' must be a constant of type int: [Parameter] public const int Size = 1"
        },
        {
            "[Block, ReLU] public partial class Wrong; [Tanh] public partial class Wrong;",
            "NG0304", "Tanh", "The attributes of block 'Wrong' must all stand on one of its partial declarations, because their order is the order of the layers"
        },
        {
            "[Network, Input(4), Use<Wrong>(3, Repeat = 2)]" + Net + "[Block, Initialize(Init = Init.Constant, InitStd = 2), Linear(Channels)]" + Scale,
            "NG0144", "2", "Initialize: InitStd says nothing to Init.Constant, whose numbers are: InitValue, in Wrong, used as wrong1.0 of Net"
        },
        {
            "[Network, Input(4), Use<Wrong>(0), Use<Wrong>(-1)]" + Net + "[Block, Linear(4, Init = Init.Normal, InitStd = Channels)]" + Scale,
            "NG0108", "Channels", "Linear: InitStd must be at least 0 and finite but is -1, in Wrong, used as wrong2 of Net"
        },
        {
            "[Network, Input(12, 4, 4), Use<Wrong>(2), Use<Wrong>(2)]" + Net + "[Block, PixelShuffle(Channels)]" + Scale,
            "NG0148", "Channels", "PixelShuffle expects a number of channels that divides by 2² = 4 but receives 3×8×8, in Wrong, used as wrong2 of Net"
        },
        {
            "[Network, Input(3, 8, 8), Use<Wrong>(5)]" + Net + "[Block, Reshape(Channels, -1, 2)]" + Scale,
            "NG0147", "Channels", "Reshape makes a multiple of 10 values, 5×?×2, but receives 3×8×8 = 192, in Wrong, used as wrong1 of Net"
        },
        // Mistakes of layers, in blocks: once, whatever comes of it, and at the argument.
        {
            "[Network, Input(3, 8, 8), Use<Wrong>(4, Repeat = 3), Use<Wrong>(8)]" + Net + "[Block, Conv2d(5, Channels, 3, padding: 1), ReLU]" + Scale,
            "NG0103", "5", "Conv2d expects 5 input channels but receives 3×8×8, in Wrong, used as wrong1.0 of Net"
        },
        {
            "[Network, Input(3, 8, 8), Use<Outer>(As = \"o\")]" + Net + "[Block, ReLU, Use<Wrong>(0, As = \"x\")] public class Outer; [Block, Conv2d(Channels - 1, 3)]" + Scale,
            "NG0108", "Channels - 1", "Conv2d: outChannels must be at least 1 but is -1, in Wrong, used as o.x of Net"
        },
        {
            "[Network, Input(3, 8, 8), Use<Wrong>(16)]" + Net + "[Block, Conv2d(Channels, 3, stride: 2), Add(Block.Input)]" + Scale,
            "NG0123", "Block.Input", "Add takes outputs of equal shape, but 'conv1' is 16×3×3 and 'input' is 3×8×8, in Wrong, used as wrong1 of Net"
        },
        {
            "[Network, Input(4), Tanh(As = \"t\"), Use<Wrong>]" + Net + "[Block, ReLU, Add(\"t\")]" + Scale,
            "NG0122", "\"t\"", "Add takes the output of 't', which is outside the block: its layers see those above them in the block, and Block.Input. There are input, relu1, in Wrong, used as wrong1 of Net"
        },
        {
            "[Network, Input(4), Use<Wrong>]" + Net + "[Block, ReLU, Add(\"t\")]" + Scale,
            "NG0122", "\"t\"", "Add takes the output of 't', and no layer above it has that name: there are input, relu1, in Wrong, used as wrong1 of Net"
        },
        {
            "[Network, Input(4), Use<Right>(As = \"r\"), Add(\"relu1\")]" + Net + "[Block, ReLU] public class Right;",
            "NG0122", "\"relu1\"", "Add takes the output of 'relu1', and no layer above it has that name: there are input, r"
        },
        { "[Network, Input(4), Use<Right>(From = \"x\")]" + Net + "[Block, ReLU] public class Right;", "NG0122", "\"x\"", "Use takes the output of 'x', and no layer above it has that name: there are input" },
        {
            "[Network, Input(4), Use<Wrong>(Repeat = 2)]" + Net + "[Block, ReLU(As = \"a\"), Tanh(As = \"a\")]" + Scale,
            "NG0116", "\"a\"", "Layer name 'wrong1.0.a' is used twice in 'Net', in Wrong, used as wrong1.0 of Net"
        },
        {
            "[Network, Input(4), Use<Right>(As = \"a\"), Use<Right>(As = \"a\")]" + Net + "[Block, ReLU] public class Right;",
            "NG0116", "\"a\"", "Layer name 'a' is used twice in 'Net'"
        },
        {
            "[Network, Input(4), Use<Right>(As = \"a\", Repeat = 2), Use<Right>(As = \"a\", NumberFrom = 1)]" + Net + "[Block, ReLU] public class Right;",
            "NG0116", "\"a\"", "Layer name 'a.1' is used twice in 'Net'"
        },
        {
            "[Network, Input(4), Use<Right>(As = \"a\", Repeat = 2), Linear(2, As = \"a.1\")]" + Net + "[Block, ReLU] public class Right;",
            "NG0116", "\"a.1\"", "Layer name 'a.1' is used twice in 'Net'"
        },
        {
            "[Network, Input(4), Linear(2, As = \"a\"), Use<Right>(As = \"a\", Repeat = 2)]" + Net + "[Block, ReLU] public class Right;",
            "NG0116", "\"a\"", "Layer name 'a' is used twice in 'Net'"
        },
        {
            "[Network, Input(4), Use<Right>(As = \"a-b\", Repeat = 2)]" + Net + "[Block, ReLU] public class Right;",
            "NG0117", "\"a-b\"", "Layer name 'a-b' cannot be used: a name is letters, digits and underscores, in parts that are separated by dots and each have a letter or digit"
        },
        {
            "[Network, Input(4), Use<Wrong>(Repeat = 2)]" + Net + "[Block, ReLU(As = \"a b\")]" + Scale,
            "NG0117", "\"a b\"", "Layer name 'a b' cannot be used: a name is letters, digits and underscores, in parts that are separated by dots and each have a letter or digit, in Wrong, used as wrong1.0 of Net"
        },
        { "[Network, Input(4), ReLU, Use<Right>(Repeat = -1)]" + Net + "[Block, ReLU] public class Right;", "NG0108", "-1", "Use: Repeat must be at least 0 but is -1" },
        { "[Network, Input(4), ReLU, Use<Right>(NumberFrom = -1)]" + Net + "[Block, ReLU] public class Right;", "NG0108", "-1", "Use: NumberFrom must be at least 0 but is -1" },
        { "[Network, Input(4), Use<Right>(Repeat = 0)]" + Net + "[Block, ReLU] public class Right;", "NG0115", "Net", "Network 'Net' has no layer: add at least one, for example [Linear(10)]" },
        {
            "[Network, Input(4), Use<Right>(As = \"r\"), Linear(2, From = \"input\")]" + Net + "[Block, Tanh, ReLU] public class Right;",
            "NG0125", "Use<Right>(As = \"r\")", "The output of 'r' is never used: take it somewhere with From = \"r\", [Add(\"r\")] or [Concat(\"r\")], or remove the layer"
        },
        {
            "[Network, Input(4), Use<Wrong>(Repeat = 2)]" + Net + "[Block, Tanh, ReLU(From = Block.Input)]" + Scale,
            "NG0125", "Tanh", "The output of 'tanh1' is never used: take it somewhere with From = \"tanh1\", [Add(\"tanh1\")] or [Concat(\"tanh1\")], or remove the layer, in Wrong, used as wrong1.0 of Net"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_is_reported_once_at_its_argument(string source, string id, string span, string message) =>
        (await Analysis.Analyze(Compilations.Preamble + source)).ShouldBe([new Finding(id, span, message)]);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task The_generated_part_adds_no_error_of_its_own(string source, string id, string span, string message) =>
        Told.ByTheAnalyzer(source, new Finding(id, span, message));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Without_an_analyzer_the_generator_reports_it(string source, string id, string span, string message)
    {
        // A block that no network uses is not looked at, and does no harm.
        if (!source.Contains("[Network", StringComparison.Ordinal))
            return;
        Generation generation = Generation.Run(Compilations.Create(Compilations.Preamble + source), properties: new BuildProperties(("RunAnalyzers", "false")));
        generation.Reported.Select(Finding.Of).Distinct().ShouldBe([new Finding(id, span, message)]);
    }

    [Theory]
    [InlineData("[Network, Input(4), Use<Nothing>(3)] public partial class Net;")]
    [InlineData("[Network, Input(4), Use<B>(\"\")] public partial class Net; [Block, ReLU] public class B;")]
    [InlineData("[Network, Input(4), Use<B>] public partial class Net; [Block, Linear(\"\")] public class B;")]
    [InlineData("[Network, Input(4), Use<B>] public partial class Net; [Block, Linear(A)] public class B { [Parameter] public const int A = A + 1; }")]
    [InlineData("[Network, Input(4), Use<B>(1)] public partial class Net; [Block, Linear(A)] public static class B { [Parameter] public const int A = 1; }")]
    [InlineData("[Network, Input(4), Use<B>(1)] public partial class Net; [Block, Linear(A / 0)] public class B { [Parameter] public const int A = 1; }")]
    [InlineData("[Network, Input(4), Use<int>(1)] public partial class Net;")]
    public Task What_does_not_compile_is_the_compilers_to_report(string source) => Told.ByTheCompiler(source);

    [Fact]
    public async Task Two_networks_that_use_a_wrong_block_are_told_each()
    {
        const string source = "using NetGen; [Network, Input(4), Use<B>] public partial class N; [Network, Input(5), Use<B>] public partial class M; [Block, Linear(3, 2)] public class B;";
        (await Analysis.Analyze(source)).Select(finding => finding.Message).ShouldBe(
            ["Linear expects 3 inputs but receives 4, in B, used as b1 of N", "Linear expects 3 inputs but receives 5, in B, used as b1 of M"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_block_in_another_assembly_is_refused()
    {
        var library = Compilations.Create("using NetGen; [Block, ReLU] public class Far;");
        var compilation = Compilations.Create("using NetGen; [Network, Input(4), Use<Far>] public partial class Net;").AddReferences(library.WithAssemblyName("Blocks").ToMetadataReference());
        (await Analysis.Analyze(compilation)).ShouldBe(
            [new Finding("NG0126", "Use<Far>", "'Far' cannot be used as a block: it is in assembly 'Blocks': blocks are read from source, so add its file to this project")]);
    }
}
