using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Each mistake in the class itself: its id, the text that is underlined, and its message.</summary>
public class DeclarationDiagnosticsTests
{
    private const string Attributes = "[Network, Input(4), Linear(4, 2)]";

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { $"{Attributes} public class Net;", "NG0301", "Net", "Network 'Net' must be partial, because NetGen writes the other part of it" },
        {
            $"public class Outer {{ public partial class Middle {{ {Attributes} public partial class Net; }} }}",
            "NG0302", "Outer", "'Outer', which contains network 'Net', must be partial, because NetGen writes another part of it"
        },
        {
            $"{Attributes} public partial record Net;",
            "NG0303", "Net", "Network 'Net' must not be a record: records compare by value, a network has an identity: its parameters change as it is trained"
        },
        { $"{Attributes} public static partial class Net;", "NG0303", "Net", "Network 'Net' must not be static: a network is an object, so that a program can have several" },
        { $"{Attributes} public abstract partial class Net;", "NG0303", "Net", "Network 'Net' must not be abstract: NetGen writes a constructor that creates it" },
        { $"{Attributes} file partial class Net;", "NG0303", "Net", "Network 'Net' must not be file-local or within a file-local type: NetGen writes the other part of it in another file" },
        {
            $"file partial class Outer {{ {Attributes} public partial class Net; }}",
            "NG0303", "Net", "Network 'Net' must not be file-local or within a file-local type: NetGen writes the other part of it in another file"
        },
        {
            $"{Attributes} public partial class Net : Base; {Attributes} public partial class Base;",
            "NG0303", "Net", "Network 'Net' must not be derived from another network: it would have every generated member twice"
        },
        {
            $"{Attributes} public partial class Summary;",
            "NG0303", "Summary", "Network 'Summary' must not be named like a member that NetGen writes: C# allows no member to have the name of its class"
        },
        {
            $"{Attributes} public partial class Load;",
            "NG0303", "Load", "Network 'Load' must not be named like a member that NetGen writes: C# allows no member to have the name of its class"
        },
        {
            $"{Attributes} public partial class Net(int size) {{ public int Size {{ get; }} = size; }}",
            "NG0303", "Net", "Network 'Net' must not be declared with a primary constructor: NetGen's own constructors could not call it"
        },
        {
            $"{Attributes} public partial class Net<T>;",
            "NG0303", "Net", "Network 'Net' must not be generic or within a generic type: its sizes are constants, the same for every type argument"
        },
        {
            $"public partial class Outer<T> {{ {Attributes} public partial class Net; }}",
            "NG0303", "Net", "Network 'Net' must not be generic or within a generic type: its sizes are constants, the same for every type argument"
        },
        {
            $"{Attributes} public partial class Net; [ReLU] public partial class Net;",
            "NG0304", "ReLU", "The attributes of network 'Net' must all stand on one of its partial declarations, because their order is the order of the layers"
        },
        { "[Linear(4, 2), ReLU] public partial class Net;", "NG0305", "Linear(4, 2)", "'Net' has layer attributes but neither [Network] nor [Block]: without one they do nothing" },
        {
            $"{Attributes} public partial class Net {{ internal int Summary => 3; }}",
            "NG0306", "Summary", "Network 'Net' declares 'Summary', which NetGen generates: rename or remove it"
        },
        {
            $"{Attributes} public partial class Net {{ internal Net(Seed number) => _ = number; }}",
            "NG0306", "Net", "Network 'Net' declares 'Net(Seed)', which NetGen generates: rename or remove it"
        },
        {
            $"{Attributes} public partial class Net {{ internal void Predict(System.ReadOnlySpan<float> a, System.Span<float> b) {{ }} }}",
            "NG0306", "Predict", "Network 'Net' declares 'Predict(ReadOnlySpan<float>, Span<float>)', which NetGen generates: rename or remove it"
        },
        {
            "[Network, Input(4), Linear(2), Output(\"aux1\"), ReLU] public partial class Net { internal int Aux1Size => 3; }",
            "NG0306", "Aux1Size", "Network 'Net' declares 'Aux1Size', which NetGen generates: rename or remove it"
        },
        {
            $"{Attributes} public partial class Net {{ internal sealed class Pass; }}",
            "NG0306", "Pass", "Network 'Net' declares 'Pass', which NetGen generates: rename or remove it"
        },
        {
            $"{Attributes} public partial class Net {{ public required int Size {{ get; set; }} }}",
            "NG0303", "Net", "Network 'Net' must not be given required members: NetGen creates it in Load and could not set them"
        },
        {
            "public class Base { public Base(int size) => _ = size; } " + Attributes + " public partial class Net : System.IDisposable; public partial class Net : Base { public void Dispose() { } }",
            "NG0308", "Base", "Network 'Net' derives from 'Base', which has no constructor without parameters for the generated one to call: give it one, or hold a 'Base' in a field instead"
        },
        {
            $"{Attributes} public partial class Net {{ internal Net(int count) => _ = count; }}",
            "NG0307", "Net", "A constructor of network 'Net' must call the generated one: add ': this(seed)'"
        },
        {
            "[Network, Input(1, 28, 28), Budget(Parameters = 20_000), Conv2d(6, 5, stride: 2), ReLU, Conv2d(16, 5, stride: 2), ReLU, Flatten, Linear(84), ReLU, Linear(10)] public partial class Net;",
            "NG0313", "20_000", "Network 'Net' takes 25,010 parameters, more than its budget of 20,000: most in linear1 (21,588), conv2 (2,416), linear2 (850)"
        },
        {
            "[Network, Budget(ActivationBytes = long.MaxValue, MultiplyAdds = 2 * 4), Input(4), Linear(4, 2), ReLU, Linear(2, 1)] public partial class Net;",
            "NG0313", "2 * 4", "Network 'Net' takes 10 multiply-adds, more than its budget of 8: most in linear1 (8), linear2 (2)"
        },
        {
            "[Network, Input(2, 4, 4), Budget(ActivationBytes = 255), Conv2d(4, 1), ReLU, Conv2d(1, 1), Flatten, Linear(1)] public partial class Net;",
            "NG0313", "255", "Network 'Net' takes 320 bytes of activations, more than its budget of 255: most in conv2 (320), conv1 (256), relu1 (256)"
        },
        { "[Network, Input(4), Linear(4, 2), Budget(Parameters = -1)] public partial class Net;", "NG0108", "-1", "Budget: Parameters must be at least 0 but is -1" },
        {
            "[Network, Input(4), Budget(Parameters = 3), Use<Half>] public partial class Net; [Block, Budget(Parameters = 3), Linear(2)] public abstract class Half;",
            "NG0314", "Budget(Parameters = 3)", "Block 'Half' has a [Budget]: what a block costs depends on its use, so give one to the network"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_is_reported_once(string source, string id, string span, string message) =>
        (await Analysis.Analyze(Compilations.Preamble + source)).ShouldBe([new Finding(id, span, message)]);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task The_generated_part_adds_no_error_of_its_own(string source, string id, string span, string message) =>
        Told.ByTheAnalyzer(source, new Finding(id, span, message));

    [Theory]
    [InlineData("public partial class Net { public void Predict(float value) => _ = value; public static int Load(int a) => a; }")]
    [InlineData("public partial class Net { public Net(int layers) : this(seed: (ulong)layers) { } }")]
    [InlineData("public sealed partial class Net { private int sum; public int Sum() => sum++; }")]
    [InlineData("public partial class Net : System.IDisposable { public void Dispose() { } }")]
    [InlineData("partial class Net { } public partial class Net { }")]
    [InlineData("public partial class @class;")]
    [InlineData("[Budget(Parameters = 10, MultiplyAdds = 8, ActivationBytes = 8)] public partial class Net;")]
    [InlineData("public partial class Net; [Budget(Parameters = 10)] public partial class Net;")]
    public async Task What_goes_with_the_generated_part_is_left_alone(string declaration)
    {
        Generation generation = Generation.Run(Compilations.Preamble + Attributes + declaration);
        generation.Errors.ShouldBeEmpty();
        (await Analysis.Analyze(generation.Compilation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("namespace A.B; public partial class C { internal partial struct D { private partial interface E { [Network, Input(4), Linear(2)] private partial class Net; } } }")]
    [InlineData("namespace @namespace.@new { internal partial record R { [Network, Input(4), Linear(2)] protected internal partial class @event; } }")]
    [InlineData("partial record struct R { [NetGen.Network][NetGen.Input(4)]\n[NetGen.Linear(2)] internal partial class Net { } }")]
    public async Task A_network_may_be_nested_in_anything_partial(string source)
    {
        Generation generation = Generation.Run(Compilations.Preamble + source);
        generation.Errors.ShouldBeEmpty();
        (await Analysis.Analyze(generation.Compilation)).ShouldBeEmpty();
    }

    [Fact]
    public void Names_that_differ_by_case_alone_get_files_of_their_own()
    {
        Generation generation = Generation.Run(Compilations.Preamble + $"{Attributes} public partial class Net; {Attributes} public partial class NET;");
        generation.Errors.ShouldBeEmpty();
        generation.Files.Keys.ShouldBe(["NET-111.g.cs", "Net-100.g.cs"]);
    }

    [Fact]
    public async Task A_debug_build_is_warned_about_once_and_both_remedies_help()
    {
        const string source = $"using NetGen; {Attributes} public partial class A; {Attributes} public partial class B;";
        Compilation debug = Compilations.Create(OptimizationLevel.Debug, source);
        (await Analysis.Analyze(debug)).ShouldHaveSingleItem().ShouldBe(new Finding(
            "NG0201", "", "This Debug build runs networks about 15 times slower: build with -c Release, set <Optimize>true</Optimize> in the project, or <NetGenOptimizeInDebug>true</NetGenOptimizeInDebug> to keep the rest debuggable"));
        (await Analysis.Analyze(Compilations.Create(OptimizationLevel.Release, source))).ShouldBeEmpty();
        (await Analysis.Analyze(debug, new BuildProperties(("NetGenOptimizeInDebug", "true")))).ShouldBeEmpty();
        (await Analysis.Analyze(Compilations.Create(OptimizationLevel.Debug, "class WithoutNetworks;"))).ShouldBeEmpty();
    }
}
