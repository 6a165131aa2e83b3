using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.CodeFixes;

public class CodeFixTests
{
    [Theory]
    [InlineData("Input(784), Linear(700, 10)", "Input(784), Linear(784, 10)", "Change to 784")]
    [InlineData("Input(784), Linear(outFeatures: 10, inFeatures: 7 * 100 /* or so */)", "Input(784), Linear(outFeatures: 10, inFeatures: 784 /* or so */)", "Change to 784")]
    [InlineData("Input(3, 8, 8), Conv2d(1, 6, 5)", "Input(3, 8, 8), Conv2d(3, 6, 5)", "Change to 3")]
    [InlineData("Input(3, 8, 8), BatchNorm2d(4)", "Input(3, 8, 8), BatchNorm2d(3)", "Change to 3")]
    [InlineData("Input(16, 4, 4), Flatten, BatchNorm1d(16)", "Input(16, 4, 4), Flatten, BatchNorm1d(256)", "Change to 256")]
    [InlineData("Input(1, 4, 8, 8), Upsample(2, UpsampleMode.Bilinear)", "Input(1, 4, 8, 8), Upsample(2, UpsampleMode.Trilinear)", "Change to UpsampleMode.Trilinear")]
    public async Task A_wrong_number_becomes_the_inferred_one(string wrong, string right, string title)
    {
        (string fixedSource, string offered) = await Fix(new CorrectArgumentFix(), $"using NetGen;\n[Network, {wrong}]\npublic partial class Net;\n");
        fixedSource.ShouldBe($"using NetGen;\n[Network, {right}]\npublic partial class Net;\n");
        offered.ShouldBe(title);
    }

    [Fact]
    public async Task A_wrong_number_in_a_block_becomes_the_inferred_one()
    {
        (string fixedSource, string offered) = await Fix(
            new CorrectArgumentFix(), "using NetGen;\n[Network, Input(3, 8, 8), Use<B>(6)]\npublic partial class Net;\n[Block, Conv2d(1, Channels, 5)]\npublic class B { [Parameter] public const int Channels = 6; }\n");
        fixedSource.ShouldBe("using NetGen;\n[Network, Input(3, 8, 8), Use<B>(6)]\npublic partial class Net;\n[Block, Conv2d(3, Channels, 5)]\npublic class B { [Parameter] public const int Channels = 6; }\n");
        offered.ShouldBe("Change to 3");
    }

    [Theory]
    [InlineData("Conv2d(2 * Channels, 6, 5)", "NG0103")]
    [InlineData("BatchNorm2d(Channels)", "NG0104")]
    [InlineData("Conv2d(Channels, 3, 2)", "NG0103")]
    public async Task What_hangs_on_parameters_is_left_to_the_user(string layer, string id)
    {
        string source = $"using NetGen;\n[Network, Input(3, 8, 8), Use<B>(8)]\npublic partial class Net;\n[Block, {layer}]\npublic class B {{ [Parameter] public const int Channels = 8; }}\n";
        Diagnostic diagnostic = (await Analysis.Diagnostics(Compilations.Create(source))).ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe(id);
        diagnostic.Properties.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fix_all_corrects_every_number_to_its_own()
    {
        const string wrong = "using NetGen;\n[Network, Input(8), Linear(1, 6), ReLU, Linear(2, 4), Linear(4, 2)]\npublic partial class Net;\n";
        (string fixedSource, _) = await FixAll(new CorrectArgumentFix(), wrong);
        fixedSource.ShouldBe("using NetGen;\n[Network, Input(8), Linear(8, 6), ReLU, Linear(6, 4), Linear(4, 2)]\npublic partial class Net;\n");
    }

    [Theory]
    [InlineData("[Network, Input(8), Linear(8)]\npublic class Net;\n", "[Network, Input(8), Linear(8)]\npublic partial class Net;\n", "Make 'Net' partial")]
    [InlineData(
        "internal class Outer\n{\n    [Network, Input(8), Linear(8)]\n    public partial class Net;\n}\n",
        "internal partial class Outer\n{\n    [Network, Input(8), Linear(8)]\n    public partial class Net;\n}\n",
        "Make 'Outer' partial")]
    public async Task A_class_becomes_partial(string wrong, string right, string title)
    {
        (string fixedSource, string offered) = await Fix(new MakePartialFix(), "using NetGen;\n" + wrong);
        fixedSource.ShouldBe("using NetGen;\n" + right);
        offered.ShouldBe(title);
    }

    [Theory]
    [InlineData("Input(3, 8, 8), BatchNorm1d", "Input(3, 8, 8), BatchNorm2d", "Use BatchNorm2d")]
    [InlineData("Input(3, 8, 8), BatchNorm1d(features: 3, Eps = 1e-3)", "Input(3, 8, 8), BatchNorm2d(3, Eps = 1e-3)", "Use BatchNorm2d")]
    [InlineData("Input(3), NetGen.BatchNorm2d(3)", "Input(3), BatchNorm1d(3)", "Use BatchNorm1d")]
    [InlineData("Input(1, 8, 8), Conv2d(8, 3, 2, As = \"a\")", "Input(1, 8, 8), Conv2d(8, 3, stride: 2, As = \"a\")", "Write Conv2d(8, 3, stride: 2, As = \"a\")")]
    public async Task A_layer_becomes_the_one_that_was_meant(string wrong, string right, string title) =>
        (await Fix(new ReplaceLayerFix(), $"using NetGen;\n[Network, {wrong}]\npublic partial class Net;\n"))
            .ShouldBe(($"using NetGen;\n[Network, {right}]\npublic partial class Net;\n", title));

    [Theory]
    [InlineData("Input(784), Conv2d(6, 5)", "Input(1, 28, 28), Conv2d(6, 5)", "Declare [Input(1, 28, 28)]")]
    [InlineData("NetGen.Input(features: 3072), MaxPool2d(2)", "NetGen.Input(3, 32, 32), MaxPool2d(2)", "Declare [Input(3, 32, 32)]")]
    public async Task Flat_features_become_an_image(string wrong, string right, string title) =>
        (await Fix(new DeclareImageFix(), $"using NetGen;\n[Network, {wrong}]\npublic partial class Net;\n"))
            .ShouldBe(($"using NetGen;\n[Network, {right}]\npublic partial class Net;\n", title));

    [Fact]
    public async Task A_forgotten_Network_is_added() =>
        (await Fix(new AddNetworkFix(), "using NetGen;\n[Input(4), Linear(2)]\npublic partial class Net;\n"))
            .ShouldBe(("using NetGen;\n[Network, Input(4), Linear(2)]\npublic partial class Net;\n", "Add [Network]"));

    [Theory]
    [InlineData("Input(1, 8, 8), ReLu", "Input(1, 8, 8), ReLU", "Use ReLU")]
    [InlineData("Input(1, 8, 8), Conv2D(6, 5)", "Input(1, 8, 8), Conv2d(6, 5)", "Use Conv2d")]
    [InlineData("Input(8), Dense(5)", "Input(8), Linear(5)", "Use Linear")]
    [InlineData("Input(8), NetGen.Lineer(5)", "Input(8), NetGen.Linear(5)", "Use Linear")]
    [InlineData("Input(1, 8, 8), MaxPooling2D(2)", "Input(1, 8, 8), MaxPool2d(2)", "Use MaxPool2d")]
    [InlineData("Input(1, 8, 8), Flaten", "Input(1, 8, 8), Flatten", "Use Flatten")]
    [InlineData("Input(8), Log_Softmax", "Input(8), LogSoftmax", "Use LogSoftmax")]
    [InlineData("Inptu(8), Linear(5)", "Input(8), Linear(5)", "Use Input")]
    public async Task An_unknown_layer_becomes_the_nearest(string wrong, string right, string title) =>
        (await OfferedByCompiler(new UnknownLayerFix(), $"using NetGen;\n[Network, {wrong}]\npublic partial class Net;\n"))
            .ShouldContain(($"using NetGen;\n[Network, {right}]\npublic partial class Net;\n", title));

    [Theory]
    [InlineData("[Network, Input(8), LSTM(5)] public partial class Net;")]
    [InlineData("[ReLu] public partial class Net;")]
    [InlineData("[Network, Input(8), Linear(5)] public partial class Net { ReLu? field; }")]
    public async Task Where_no_layer_is_near_nothing_is_offered(string source) =>
        (await OfferedByCompiler(new UnknownLayerFix(), "using NetGen;\n" + source)).ShouldBeEmpty();

    [Fact]
    public async Task Both_batch_normalisations_are_offered() =>
        (await OfferedByCompiler(new UnknownLayerFix(), "using NetGen;\n[Network, Input(8), BatchNormalization] public partial class Net;"))
            .Select(fix => fix.Title).Distinct().ShouldBe(["Use BatchNorm2d", "Use BatchNorm1d"]);

    [Theory]
    [InlineData("Conv2d(6, 5, strides: 2)", "Conv2d(6, 5, stride: 2)", "Use stride")]
    [InlineData("Conv2d(6, kernel_size: 5, stride: 2)", "Conv2d(6, kernelSize: 5, stride: 2)", "Use kernelSize")]
    [InlineData("Conv2d(6, 5, paddng: 2)", "Conv2d(6, 5, padding: 2)", "Use padding")]
    [InlineData("Conv2d(filters: 6, kernelSize: 5)", "Conv2d(outChannels: 6, kernelSize: 5)", "Use outChannels")]
    [InlineData("Conv2d(6, 5, use_bias: false)", "Conv2d(6, 5, bias: false)", "Use bias")]
    [InlineData("Linear(units: 6)", "Linear(outFeatures: 6)", "Use outFeatures")]
    [InlineData("Linear(6, Bias = false)", "Linear(6, bias: false)", "Use bias")]
    [InlineData("Linear(6, name: \"a\")", "Linear(6, As = \"a\")", "Use As")]
    [InlineData("BatchNorm1d(eps: 1e-3)", "BatchNorm1d(Eps = 1e-3)", "Use Eps")]
    [InlineData("MaxPool2d(pool_size: 2)", "MaxPool2d(kernelSize: 2)", "Use kernelSize")]
    [InlineData("Dropout(rate: 0.5)", "Dropout(p: 0.5)", "Use p")]
    [InlineData("Linear(6, Name = \"a\")", "Linear(6, As = \"a\")", "Use As")]
    public async Task An_unknown_argument_becomes_the_layers_own(string wrong, string right, string title) =>
        (await OfferedByCompiler(new ArgumentNameFix(), $"using NetGen;\n[Network, Input(1, 8, 8), {wrong}]\npublic partial class Net;\n"))
            .ShouldContain(($"using NetGen;\n[Network, Input(1, 8, 8), {right}]\npublic partial class Net;\n", title));

    [Theory]
    [InlineData("[Network, Input(8), Linear(8, dilatation: 2)] public partial class Net;")]
    [InlineData("[System.Obsolete(mesage: \"\")] public partial class Net;")]
    public async Task Where_no_argument_is_near_nothing_is_offered(string source) =>
        (await OfferedByCompiler(new ArgumentNameFix(), "using NetGen;\n" + source)).ShouldBeEmpty();

    /// <summary>What a fix of the compiler's errors offers, and what becomes of the source.</summary>
    private static async Task<IReadOnlyList<(string Source, string Title)>> OfferedByCompiler(CodeFixProvider provider, string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, source);
        var offered = new List<(string, string)>();
        foreach (Diagnostic error in (await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(error => provider.FixableDiagnosticIds.Contains(error.Id)))
        {
            var actions = new List<CodeAction>();
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, error, (action, _) => actions.Add(action), CancellationToken.None));
            foreach (CodeAction action in actions)
                offered.Add((await Apply(document, action), action.Title));
        }
        return offered;
    }

    private static async Task<(string Source, string Title)> Fix(CodeFixProvider provider, string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, source);
        Diagnostic diagnostic = (await Diagnose(document, provider)).ShouldHaveSingleItem();
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        CodeAction action = actions.ShouldHaveSingleItem();
        return (await Apply(document, action), action.Title);
    }

    private static async Task<(string Source, string Title)> FixAll(CodeFixProvider provider, string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, source);
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, provider.GetType().Name, provider.FixableDiagnosticIds, new Source(provider), CancellationToken.None);
        CodeAction action = (await provider.GetFixAllProvider()!.GetFixAsync(context)).ShouldNotBeNull();
        return (await Apply(document, action), action.Title);
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        Compilation compilation = Compilations.Create();
        return workspace.AddProject("Networks", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(Compilations.Parsing)
            .WithMetadataReferences(compilation.References)
            .AddDocument("Net.cs", source);
    }

    private static async Task<ImmutableArray<Diagnostic>> Diagnose(Document document, CodeFixProvider provider)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        return [.. (await Analysis.Diagnostics(compilation)).Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id))];
    }

    private static async Task<string> Apply(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution solution = operations.OfType<ApplyChangesOperation>().ShouldHaveSingleItem().ChangedSolution;
        return (await solution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private sealed class Source(CodeFixProvider provider) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await Diagnose(document, provider);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
