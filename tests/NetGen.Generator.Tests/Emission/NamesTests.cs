using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Emission;

/// <summary>Emitted programs compile whatever the user's project calls its own things.</summary>
public class NamesTests
{
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
    [InlineData("namespace A { " + Net + "; } namespace A.B { " + Net + "; } namespace A_B { " + Net + "; }")]
    public void The_users_names_do_not_matter(string source) => ShouldCompile(Compilations.Preamble + source);

    [Theory]
    [InlineData("Input(16), Linear(16, As = \"a\"), Linear(16, As = \"a.gradient\"), ReLU")]
    [InlineData("Input(2, 5, 5), Conv2d(2, 3, As = \"network.input\"), Conv2d(2, 3, As = \"network.output\"), BatchNorm2d(As = \"conv1.statistics\"), Conv2d(2, 1)")]
    [InlineData("Input(4), Linear(4, As = \"parameters\"), Linear(4, As = \"step\"), Linear(4, As = \"from\"), Linear(4, As = \"first0\"), Linear(4, As = \"for\")")]
    [InlineData("Input(4), Linear(4, As = \"conv1\"), ReLU(As = \"conv1.unfused\"), Linear(4, As = \"Hidden\"), ReLU(As = \"networkInput\"), Linear(4, As = \"Output\")")]
    public void Names_of_layers_do_not_meet_names_of_memory(string layers) =>
        ShouldCompile($"{Compilations.Preamble}[Network, {layers}] public partial class Net;");

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
