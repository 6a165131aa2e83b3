using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Emission;

/// <summary>Emitted programs compile whatever the user's project calls its own things.</summary>
public class NamesTests
{
    /// <summary>A network in a network, named like a class of the outer one's kernels.</summary>
    private const string Net2 = "[Network, Input(4), Linear(2)] public partial class Avx2;";

    private const string Net =
        "[Network, Input(1, 6, 6), Conv2d(2, 3), ReLU, MaxPool2d(2), Flatten, Linear(17), Sigmoid, Dropout(0.5), Linear(3), Softmax] public partial class Net";

    /// <summary>What kernels and programs use by their short names.</summary>
    private const string Hostile =
        "class Vec; class V; class U; class Math; class MathF; class Unsafe; class Vector128; class Vector256; class Vector512; class Engine; class MethodImpl; " +
        "class MethodImplOptions; class Kernels; class Avx512; class Avx2; class Portable; class Emitted; class Lane;";

    [Theory]
    [InlineData(Hostile + Net + ";")]
    [InlineData("namespace Some.Place { " + Hostile + Net + "; }")]
    [InlineData("namespace System.Runtime { " + Hostile + Net + "; }")]
    [InlineData("namespace NetGen.Emitted { " + Net + "; }")]
    [InlineData(Net + " { public int V => 1; public static int Vec => 2; class Math; void Unsafe() { } }")]
    [InlineData("partial struct @struct { partial interface @event { " + Net + "; } }")]
    [InlineData("namespace My.@event { " + Net + "; }")]
    [InlineData("namespace @int.@nint.@var.@dynamic { " + Net + "; }")]
    [InlineData("namespace Wörter.नमस्ते.Ａ‿Ｂ { " + Net + "; }")]
    [InlineData("partial class A_ { " + Net + "; } partial class A { partial class B { " + Net + "; } } partial class Net_ { " + Net + "; }")]
    [InlineData(Net + " { " + Net2 + " }")]
    [InlineData("public class Base { public int Summary = 1; public void Save(string path) { } public class Pass; } " + Net + " : Base;")]
    [InlineData("[System.Obsolete] " + Net + ";")]
    [InlineData("namespace A { " + Net + "; } namespace A.B { " + Net + "; } namespace A_B { " + Net + "; }")]
    public void The_users_names_do_not_matter(string source) => ShouldCompile(Compilations.Preamble + source);

    [Theory]
    [InlineData("Input(16), Linear(16, As = \"a\"), Linear(16, As = \"a.gradient\"), ReLU")]
    [InlineData("Input(2, 5, 5), Conv2d(2, 3, As = \"network.input\"), Conv2d(2, 3, As = \"network.output\"), BatchNorm2d(As = \"conv1.statistics\"), Conv2d(2, 1)")]
    [InlineData("Input(4), Linear(4, As = \"parameters\"), Linear(4, As = \"step\"), Linear(4, As = \"from\"), Linear(4, As = \"first0\"), Linear(4, As = \"for\")")]
    [InlineData("Input(4), Linear(4, As = \"conv1\"), ReLU(As = \"conv1.unfused\"), Linear(4, As = \"Hidden\"), ReLU(As = \"networkInput\"), Linear(4, As = \"Output\")")]
    public void Names_of_layers_do_not_meet_names_of_memory(string layers) =>
        ShouldCompile($"{Compilations.Preamble}[Network, {layers}] public partial class Net;");

    /// <summary>Words that are or look like keywords somewhere in C#.</summary>
    public static TheoryData<string> Words =>
    [
        "class", "event", "base", "object", "string", "nint", "nuint", "var", "dynamic", "record", "file", "required", "scoped", "field", "value",
        "partial", "where", "await", "async", "yield", "notnull", "unmanaged", "managed", "global", "extension", "allows", "args", "nameof", "when", "init",
        "with", "and", "or", "not", "_", "__arglist", "é", "ﬁ", "σ", "名前",
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Any_word_can_be_a_class_and_a_namespace(string word)
    {
        string source = $"namespace @{word}.Inner {{ public partial struct @{word} {{ [Network, Input(4), Linear(2)] public partial class Net; [Network, Input(4), Linear(2)] public partial class @{word}Net; }} }} [Network, Input(4), Linear(2)] public partial class @{word}s; namespace Other {{ [Network, Input(4), Linear(2)] public partial class @{word}; }}";
        Generation generation = Generation.Run(Compilations.Create(Compilations.Preamble + source), new NetworkGenerator());
        generation.Reported.ShouldBeEmpty();
        generation.Errors.Where(error => error.Severity == DiagnosticSeverity.Error && error.Id is not ("CS8981" or "CS8860")).Select(error => error.ToString()).ShouldBeEmpty();
        generation.Files.Keys.Count(name => name.EndsWith(".Program.g.cs", StringComparison.Ordinal)).ShouldBe(4);
        (await Analysis.Analyze(generation.Compilation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Input(4), Linear(4, As = \"0\"), ReLU(As = \"1\"), Linear(4, As = \"2\"), Linear(4, As = \"10\"), Linear(4, As = \"1.0\")")]
    [InlineData("Input(1, 6, 6), Conv2d(2, 3, As = \"layer1.0.conv1\"), BatchNorm2d(As = \"layer1.0.bn1\"), Conv2d(2, 3, As = \"layer10.conv1\"), Flatten, Linear(4, As = \"_fc\")")]
    [InlineData("Input(4), Linear(4, As = \"class\"), Linear(4, As = \"base\"), Linear(4, As = \"object\"), Linear(4, As = \"Predict\"), Linear(4, As = \"ToString\"), Linear(4, As = \"Equals\"), Linear(4, As = \"MemberwiseClone\"), Linear(4, As = \"count\"), Linear(4, As = \"scratch\"), Linear(4, As = \"state\"), Linear(4, As = \"Finalize\")")]
    public void Layers_may_be_called_as_in_any_file_of_PyTorchs(string layers) =>
        ShouldCompile($"{Compilations.Preamble}[Network, {layers}] public partial class Net;");

    [Fact]
    public void A_layer_called_0_has_a_member_and_a_parameter()
    {
        Generation generation = Generation.Run(
            Compilations.Create(Compilations.Preamble + "[Network, Input(4), Linear(2, As = \"0\")] public partial class Net;", "class User { System.ReadOnlySpan<float> Use(Net.Pass pass) => pass._0; }"),
            new NetworkGenerator());
        generation.Errors.Where(error => error.Severity == DiagnosticSeverity.Error && !error.IsWarningAsError).ShouldBeEmpty();
        generation.Files["Net.Program.g.cs"].ShouldContain("\"0.weight\"");
    }

    [Theory]
    [InlineData("namespace Net { [Network, Input(4), Linear(2)] partial class Program; } [Network, Input(4), Linear(2)] partial class Net;")]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net; [Network, Input(4), Linear(2)] partial record Net;")]
    [InlineData("[Network, Input(4), Linear(2)] partial class Net; [Network, Input(4), Linear(2)] partial class Net<T>; [Network, Input(4), Linear(2)] partial class Net<T, U>;")]
    [InlineData("[Network, Input(4), Linear(2)] file partial class Net; [Network, Input(4), Linear(2)] partial class Net;")]
    [InlineData("partial class A { [Network, Input(4), Linear(2)] partial class N; } partial record A { [Network, Input(4), Linear(2)] partial class N; }")]
    public void Names_that_cannot_be_told_apart_do_not_stop_the_generator(string source)
    {
        const string bystander = "[Network, Input(4), Linear(2)] public partial class Bystander;";
        Generation generation = Generation.Run(Compilations.Create(Compilations.Preamble + source, Compilations.Preamble + bystander), new NetworkGenerator());
        generation.Driver.GetRunResult().Results.Single().Exception.ShouldBeNull();
        generation.Files.Keys.ShouldContain("Bystander.Program.g.cs");
    }

    [Fact]
    public void The_longest_names_get_short_files()
    {
        string name = new('N', 500);
        Generation generation = Generation.Run(Compilations.Create($"{Compilations.Preamble}namespace A {{ [Network, Input(4), Linear(2)] public partial class {name}1; [Network, Input(4), Linear(2)] public partial class {name}2; }}"));
        generation.Errors.ShouldBeEmpty();
        generation.Files.Count.ShouldBe(2);
        generation.Files.Keys.ShouldAllBe(file => file.Length < 160);
    }

    [Fact]
    public void The_attribute_on_two_parts_is_the_compilers_error_alone()
    {
        Generation generation = Generation.Run(
            Compilations.Create(Compilations.Preamble + "[Network, Input(4), Linear(2)] public partial class Net; [Network] public partial class Net;"));
        generation.Reported.ShouldBeEmpty();
        generation.Errors.Select(error => error.Id).ShouldBe(["CS0579"]);
    }

    private static void ShouldCompile(string source)
    {
        Generation generation = Generation.Run(Compilations.Create(source), new NetworkGenerator());
        generation.Reported.ShouldBeEmpty();
        generation.Files.Count.ShouldBeGreaterThanOrEqualTo(5, "surface, program, and kernels at three levels");
        generation.Errors.Where(error => error.Severity == DiagnosticSeverity.Error).Select(error => error.ToString()).ShouldBeEmpty();
    }
}
