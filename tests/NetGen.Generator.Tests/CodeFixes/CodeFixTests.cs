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
    public async Task A_wrong_number_becomes_the_inferred_one(string wrong, string right, string title)
    {
        (string fixedSource, string offered) = await Fix(new CorrectArgumentFix(), $"using NetGen;\n[Network, {wrong}]\npublic partial class Net;\n");
        fixedSource.ShouldBe($"using NetGen;\n[Network, {right}]\npublic partial class Net;\n");
        offered.ShouldBe(title);
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
