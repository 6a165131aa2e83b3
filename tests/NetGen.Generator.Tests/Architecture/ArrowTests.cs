using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Reading;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>The generator's folders know only the folders below them.</summary>
public class ArrowTests
{
    private const string Root = "NetGen.Generator";

    /// <summary>What each folder may know, itself left out. The folder without a name is the pipeline, which knows all.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Collections"] = [],
        ["Shapes"] = [],
        ["Text"] = [],
        ["Diagnostics"] = ["Collections"],
        ["Expressions"] = ["Collections"],
        ["Operations"] = ["Collections", "Shapes"],
        ["Layers"] = ["Collections", "Shapes", "Diagnostics", "Operations"],
        ["Graph"] = ["Collections", "Shapes", "Diagnostics", "Expressions", "Operations", "Layers"],
        ["Reading"] = ["Collections", "Shapes", "Diagnostics", "Expressions", "Layers", "Graph", "Text"],
        ["Api"] = ["Collections", "Shapes", "Diagnostics", "Operations", "Layers", "Graph", "Text"],
        ["Lowering"] = ["Collections", "Shapes", "Operations", "Layers", "Graph"],
        ["Cpu.Kernels"] = ["Collections", "Operations"],
        ["Cpu.Planning"] = ["Collections", "Shapes", "Operations", "Lowering", "Graph", "Cpu.Kernels"],
        ["Cpu.Methods"] = ["Text", "Cpu.Kernels"],
        ["Cpu.Wide"] = ["Collections", "Operations", "Text", "Cpu.Kernels", "Cpu.Methods"],
        ["Cpu"] = ["Collections", "Shapes", "Operations", "Lowering", "Graph", "Text", "Cpu.Kernels", "Cpu.Methods", "Cpu.Planning", "Cpu.Wide"],
    };

    /// <summary>Folders that know nothing of the compiler: plain values in, plain values out.</summary>
    private static readonly string[] WithoutRoslyn = ["Collections", "Shapes", "Expressions", "Operations", "Layers", "Graph", "Lowering", "Api", "Cpu", "Cpu.Kernels", "Cpu.Methods", "Cpu.Planning", "Cpu.Wide"];

    private static readonly string SourceFolder = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "generator", "NetGen.Generator"));

    private static readonly CSharpCompilation Sources = Compile();

    private static readonly string[] Uses = [.. Sources.SyntaxTrees.SelectMany(FindUses).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void The_sources_are_understood() =>
        Sources.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

    [Fact]
    public void Every_folder_is_in_the_table() =>
        Sources.SyntaxTrees.Select(Folder).Where(folder => folder is not (null or "" or "Polyfills")).Distinct()
            .ShouldBe(Arrows.Keys, ignoreOrder: true);

    [Fact]
    public void Arrows_go_down_only()
    {
        IEnumerable<string> wrong = Uses.Where(use =>
        {
            string[] ends = use.Split(" knows ");
            return ends[0].Length != 0 && ends[1] != "Roslyn" && !Arrows[ends[0]].Contains(ends[1]);
        });
        wrong.ShouldBeEmpty();
        Uses.ShouldContain("Reading knows Graph");
        Uses.ShouldContain("Api knows Text");
    }

    [Fact]
    public void Only_the_edges_know_the_compiler()
    {
        Uses.ShouldContain("Reading knows Roslyn");
        WithoutRoslyn.Select(folder => $"{folder} knows Roslyn").Intersect(Uses).ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        foreach (SyntaxTree tree in Sources.SyntaxTrees.Where(tree => Folder(tree) is not (null or "Polyfills")))
        {
            string expected = Folder(tree)! is { Length: > 0 } folder ? $"{Root}.{folder}" : Root;
            tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(node => node.Name.ToString()).ShouldBe([expected], tree.FilePath);
        }
    }

    [Fact]
    public void The_runtime_knows_neither_the_generator_nor_the_compiler()
    {
        IEnumerable<string?> references = typeof(Shape).Assembly.GetReferencedAssemblies().Select(name => name.Name);
        references.ShouldNotContain(name => name!.StartsWith(Root, StringComparison.Ordinal) || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public void The_generator_does_not_know_workspaces()
    {
        // A compiler that runs outside an IDE does not have that assembly.
        IEnumerable<string?> references = typeof(NetworkGenerator).Assembly.GetReferencedAssemblies().Select(name => name.Name);
        references.ShouldNotContain(name => name!.Contains("Workspaces"));
    }

    [Fact]
    public void The_name_that_tells_generated_trees_is_the_generators() => OwnMembers.GeneratorName.ShouldBe(typeof(NetworkGenerator).FullName);

    /// <summary>"A knows B" for each folder B whose types or members a file of folder A names.</summary>
    private static IEnumerable<string> FindUses(SyntaxTree tree)
    {
        if (Folder(tree) is not { } folder)
            yield break;
        SemanticModel model = Sources.GetSemanticModel(tree);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
        {
            ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
            // Of a namespace's name the end counts: who uses A.B.C does not use A.B.
            if (symbol is INamespaceSymbol && node.Parent is QualifiedNameSyntax name && (name.Right != node || name.Parent is QualifiedNameSyntax))
                continue;
            string space = (symbol is INamespaceSymbol ? symbol : symbol?.ContainingNamespace)?.ToDisplayString() ?? "";
            if (space.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                yield return $"{folder} knows Roslyn";
            else if (space.StartsWith(Root + ".", StringComparison.Ordinal) && space[(Root.Length + 1)..] is var used && used != folder)
                yield return $"{folder} knows {used}";
            else if (space == Root && folder.Length != 0 && symbol is not INamespaceSymbol)
                yield return $"{folder} knows the pipeline";
        }
    }

    /// <summary>The folder of a file, empty for the pipeline's own, null for what the test adds.</summary>
    private static string? Folder(SyntaxTree tree) =>
        tree.FilePath.Length == 0 ? null : Path.GetDirectoryName(Path.GetRelativePath(SourceFolder, tree.FilePath))!.Replace(Path.DirectorySeparatorChar, '.');

    private static CSharpCompilation Compile()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(SourceFolder, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree implicitUsings = CSharpSyntaxTree.ParseText(
            """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
            global using System.Threading; global using System.Threading.Tasks;
            """,
            options);
        return CSharpCompilation.Create(
            "Generator",
            [implicitUsings, .. files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is var name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
