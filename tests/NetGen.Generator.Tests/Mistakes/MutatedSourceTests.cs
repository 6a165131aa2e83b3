using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Mistakes;

/// <summary>
/// Sources as people and merges leave them: words and characters of right programs removed, doubled, exchanged. Whatever they are, neither
/// generator nor analyzer fails, a network beside them keeps its code, and what compiles has its program. <c>NETGEN_MUTATIONS=20000
/// NETGEN_SEED=7</c> tries more, and others.
/// </summary>
public class MutatedSourceTests
{
    private const int Usual = 1000;

    private const string Bystander = "namespace Beside; [NetGen.Network, NetGen.Input(4), NetGen.Linear(2)] public partial class Bystander;";

    private static readonly string[] Sources =
    [
        "using NetGen;\n[Network]\n[Input(6)]\n[Linear(4, bias: false)]\n[Linear(2)]\n[Tanh]\npublic partial class Net\n{\n    public int Size => OutputSize;\n}\n",
        "using NetGen;\nnamespace My.@event;\n[Network, Input(1, 8, 8)]\n[Conv2d(1, 2, 3, stride: 2, As = \"0\"), ReLU]\n[MaxPool2d(2)]\n[Flatten]\n[Linear(2, 3)]\npublic partial class Net : Base { public Net(int a) : this(seed: 1) { } }\npublic class Base { public Base(int b = 0) { } }\n",
        "using NetGen; partial class Outer<T> { const int N = E.OutputSize; [Network, Input(N), Linear(4, N), BatchNorm1d(Eps = 1e-3), Dropout(0.5), Softmax] private partial class @nint { int Summary; } } [Network, Input(2), Linear(4)] partial record E(int A, string B);",
        "[assembly: System.CLSCompliant(false)] [NetGen.Network] [NetGen.Input(3, 4, 4)] [NetGen.BatchNorm2d(3)] [NetGen.AvgPool2d([2, 2], padding: new[] { 1, 0 })] [NetGen.Flatten, NetGen.Linear(outFeatures: 2 + 1, bias: false)] file abstract partial class A { required internal int X { get; set; } } [NetGen.Linear(3)] static partial class B; interface I<in T> { [NetGen.Network, NetGen.Input(1), NetGen.Tanh] partial class C : D; sealed class D { } }",
        "using NetGen; [Network, Input(3, 8, 8), Use<Outer>(4, 2, As = \"a\", Repeat = 2), Use<Inner>(From = \"a.0\"), Add(\"a\")] partial class Net; [Block, Conv2d(Channels, 3, padding: 1), Use<Inner>(2 * Channels, As = \"#\", Repeat = Count - 1), Conv2d((int)(Channels * 1.0), [1, Count > 1 ? 1 : 3], As = \"c\"), Dropout(1 / (Count + 1.0))] abstract class Outer { [Parameter] internal const int Channels = 4; [Parameter] internal const int Count = 1; } [Block, BatchNorm2d, ReLU, Add(Block.Input)] class Inner { [Parameter] const int Size = 4 * Outer.Count; }",
    ];

    /// <summary>What every source stands in, so that the framework's assemblies are read once.</summary>
    private static readonly CSharpCompilation Project = Compilations.Create("", Bystander);

    private static readonly string[] Words =
    [
        "partial", "class", "record", "struct", "static", "abstract", "sealed", "file", "namespace", "using", "public", "private", "required", "const", "int",
        "null", "default", "new", "this", "base", "typeof", "nameof", "@event", "@nint", "Network", "Input", "Linear", "Conv2d", "Net", "Net.OutputSize", "NetGen", "Use<Net>", "Use<Outer>", "Block", "Parameter", "Channels / 0",
        "As", "\"0\"", "\"\"", "\"a.b\"", "\"\\uD800\"", "0", "-1", "2147483647", "1e308", "double.NaN", "1.5", "'a'", "(", ")", "[", "]", "{", "}", "<T>", "<", ">", ",", ";", ":",
        "=", "=>", ".", "..", "?", "!", "*", "#error", "\n#if X\n", "\n#endif\n", "/*", "*/", "//", "\"\"\"", "é", "\u200d", "名", "@", "_", "(int)", "checked(1 << 31)", "[0, E.N]",
    ];

    [Fact]
    public async Task No_source_stops_the_generator_or_the_analyzer()
    {
        var random = new Random(Number("NETGEN_SEED", 1));
        int count = Number("NETGEN_MUTATIONS", Usual), built = 0;
        GeneratorDriver? driver = null;
        for (var index = 0; index < count; index++)
        {
            (driver, bool isBuilt) = await Try(Mutate(random), driver);
            built += isBuilt ? 1 : 0;
        }
        // The mutations are mild enough for some to compile.
        built.ShouldBeGreaterThan(count / 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_sources_compile_before_they_are_damaged(int source)
    {
        (await CompilerOutput.Errors(Sources[source], Bystander)).ShouldBeEmpty();
        (await Try(Sources[source], null)).IsBuilt.ShouldBeTrue();
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static string Mutate(Random random)
    {
        string source = Sources[random.Next(Sources.Length)];
        for (int changes = 1 + (random.Next(1, 5) / 2); changes > 0; changes--)
        {
            SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source, Compilations.Parsing).GetRoot().DescendantTokens()];
            SyntaxToken token = tokens[random.Next(tokens.Length)], other = tokens[random.Next(tokens.Length)];
            int place = random.Next(source.Length + 1);
            string word = Words[random.Next(Words.Length)];
            SyntaxToken number = tokens.Where(candidate => candidate.IsKind(SyntaxKind.NumericLiteralToken)).ElementAtOrDefault(random.Next(8));
            source = random.Next(10) switch
            {
                7 or 8 when number.Span.Length != 0 => source.Remove(number.Span.Start, number.Span.Length).Insert(number.Span.Start, Text(random.Next(1, 9))),
                9 => source.Insert(token.Span.Start, "/* a comment */"),
                0 => source.Remove(token.Span.Start, token.Span.Length),
                1 => source.Insert(token.Span.End, $" {word} "),
                2 => source.Remove(token.Span.Start, token.Span.Length).Insert(token.Span.Start, word),
                3 => source.Remove(token.Span.Start, token.Span.Length).Insert(token.Span.Start, other.Text),
                4 => source.Insert(token.Span.Start, token.Text + " "),
                5 when place < source.Length => source.Remove(place, random.Next(1, Math.Min(30, source.Length - place) + 1)),
                _ => source.Insert(place, source.Substring(Math.Min(token.Span.Start, other.Span.Start), Math.Min(60, Math.Abs(token.Span.Start - other.Span.Start)))),
            };
            if (source.Length == 0)
                source = " ";
        }
        return source;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Runs both over a source; whether it compiles. The kernels are written and not compiled, which has tests of its own and takes long; the
    /// driver goes from source to source, as an editor's does.
    /// </summary>
    private static async Task<(GeneratorDriver Driver, bool IsBuilt)> Try(string source, GeneratorDriver? driver)
    {
        CSharpCompilation compilation = Project.ReplaceSyntaxTree(
            Project.SyntaxTrees[0], CSharpSyntaxTree.ParseText(source, Compilations.Parsing, path: "0.cs", encoding: System.Text.Encoding.UTF8));
        Generation whole = driver is null ? Generation.Run(compilation, new NetworkGenerator()) : Generation.Run(compilation, driver);
        whole.Driver.GetRunResult().Results.Single().Exception.ShouldBeNull(source);
        whole.Reported.ShouldNotContain(diagnostic => diagnostic.Id == "NG0001" || diagnostic.Id == "CS8785", source);
        // A type called NetGen hides the library from the whole project.
        if (compilation.Assembly.GetTypeByMetadataName("NetGen") is null)
            whole.Files.Keys.ShouldContain("Beside.Bystander.Program.g.cs", source);
        Generation surfaces = Generation.Run(compilation);
        ImmutableArray<Diagnostic> found = await Analysis.Diagnostics(surfaces.Compilation);
        found.ShouldNotContain(diagnostic => diagnostic.Id == "AD0001" || diagnostic.Id == "NG0001", source);
        if (found.Concat(surfaces.Reported).Concat(surfaces.Compilation.GetDiagnostics()).Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error))
            return (whole.Driver, false);
        foreach (INamedTypeSymbol network in whole.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(NetworkReader.IsNetwork))
            network.GetTypeMembers("Kernels").ShouldNotBeEmpty(source);
        return (whole.Driver, true);
    }
}
