using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Mistakes;

/// <summary>What the compiler prints for a mistake in a declaration, beside code that uses every member of the network: one error, at the user's text.</summary>
public class OneErrorTests
{
    private const string Attributes = "[Network, Input(4), Linear(4, 2)]";

    /// <summary>The source; the error's id; the source from its place on.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { $"{Attributes} public class Net;", "NG0301", "Net;" },
        { $"{Attributes} public partial record Net;", "NG0303", "Net;" },
        { $"{Attributes} public partial record Net(int Size, string Name);", "NG0303", "Net(int Size, string Name);" },
        { $"{Attributes} public partial class Net(int size) {{ public int Size => size; }}", "NG0303", "Net(int size) { public int Size => size; }" },
        { $"{Attributes} public partial class Net(in int size, params string[] names) {{ public int Size {{ get; }} = size + names.Length; }}", "NG0303", "Net(in int size, params string[] names) { public int Size { get; } = size + names.Length; }" },
        { $"{Attributes} public abstract partial class Net;", "NG0303", "Net;" },
        { $"{Attributes} public abstract partial record Net;", "NG0303", "Net;" },
        { $"{Attributes} public static partial class Net;", "NG0303", "Net;" },
        { $"{Attributes} file partial class Net;", "NG0303", "Net;" },
        { $"{Attributes} public partial class Net {{ public required int Size {{ get; set; }} }}", "NG0303", "Net { public required int Size { get; set; } }" },
        { $"{Attributes} public partial class Base; {Attributes} public partial class Net : Base;", "NG0303", "Net : Base;" },
        { "public class Base { public Base(int size) => _ = size; } " + Attributes + " public partial class Net : Base;", "NG0308", "Base;" },
        { "public class Base { protected Base(System.Span<int> sizes, in long n) => _ = (sizes.Length, n); } " + Attributes + " public partial class Net : Base;", "NG0308", "Base;" },
        { "public class Base { private Base() { } public Base(string name) => _ = name; } " + Attributes + " public partial class Net : Base;", "NG0308", "Base;" },
        { "public class Base { public Base(ref int size) => size++; } " + Attributes + " public partial class Net : Base;", "NG0308", "Base;" },
        { "[Input(4), Linear(4, 2)] public partial class Net;", "NG0305", "Input(4), Linear(4, 2)] public partial class Net;" },
        { "[Linear(4, 2)] public partial class Net;", "NG0305", "Linear(4, 2)] public partial class Net;" },
        { "[Input(4), Linear(4, 2)] public class Net;", "NG0305", "Input(4), Linear(4, 2)] public class Net;" },
        { "[Network, Linear(4, 2), Input(4)] public partial class Net;", "NG0120", "Input(4)] public partial class Net;" },
        { "[Network, Input(4), Linear(3, 2)] public partial class Net;", "NG0102", "3, 2)] public partial class Net;" },
        { "[Network, Input(1, 8, 8), Conv2d(8, 3, 2), ReLU, Conv2d(8, 4, 3), Flatten, Linear(9, 2)] public partial class Net;", "NG0103", "8, 3, 2), ReLU, Conv2d(8, 4, 3), Flatten, Linear(9, 2)] public partial class Net;" },
        { "[Network, Input(784), Conv2d(1, 6, 5), ReLU, Flatten, Linear(10)] public partial class Net;", "NG0107", "Conv2d(1, 6, 5), ReLU, Flatten, Linear(10)] public partial class Net;" },
        { "[Network, Input(3, 8, 8), BatchNorm1d(3), Conv2d(3, 4, 3), Flatten, Linear(144, 2)] public partial class Net;", "NG0121", "BatchNorm1d(3), Conv2d(3, 4, 3), Flatten, Linear(144, 2)] public partial class Net;" },
        { $"{Attributes} public partial class Net {{ internal int _netgenState; }}", "NG0306", "_netgenState; }" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_error_at_the_users_text(string source, string id, string span)
    {
        IReadOnlyList<PrintedError> errors = await CompilerOutput.Errors(Compilations.Preamble + source, Callers.Of("Net"));
        errors.Select(error => (error.Id, error.Span)).ShouldBe([(id, span)]);
    }

    [Theory]
    [InlineData("public class Net;", "NG0301")]
    [InlineData("public abstract partial class Net;", "NG0303")]
    [InlineData("public partial record Net(int Size);", "NG0303")]
    public async Task So_it_is_in_the_compiler_itself(string declaration, string id) =>
        (await CompilerRun.Errors(Compilations.Preamble + Attributes + declaration, Callers.Of("Net"))).Select(error => error.Id).ShouldBe([id]);

    /// <summary>Where C# has no such member, what uses it in a declaration is an error too; ours comes first.</summary>
    [Theory]
    [InlineData("public class Net;", "NG0301")]
    [InlineData("public static partial class Net;", "NG0303")]
    [InlineData("file partial class Net;", "NG0303")]
    public async Task The_mistake_is_told_before_what_comes_of_it(string declaration, string id)
    {
        const string user = "internal abstract class User { internal abstract Net.Pass Use(Net net); }";
        (await CompilerRun.Errors(Compilations.Preamble + Attributes + declaration, user))[0].Id.ShouldBe(id);
    }

    [Fact]
    public async Task An_unknown_layer_is_the_compilers_error_alone()
    {
        // The layers behind it are not blamed for what is missing.
        IReadOnlyList<PrintedError> errors = await CompilerOutput.Errors(
            Compilations.Preamble + "[Network, Input(1, 4, 4), Flaten, Linear(16, 2)] public partial class Net;", Callers.Of("Net"));
        errors.Select(error => error.Id).ShouldBe(["CS0246", "CS0246"]);
        (await Analysis.Analyze(Compilations.Preamble + "[Network, Input(1, 4, 4), Flaten, Linear(16, 2)] public partial class Net;")).ShouldBeEmpty();
        (await Analysis.Analyze(Compilations.Preamble + "[Network, Nonsense] public partial class Net;")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Input_on_another_declaration_than_the_layers_is_above_them() =>
        (await Analysis.Analyze(Compilations.Preamble + "[Network, Linear(4, 2)] public partial class Net; [Input(4)] public partial class Net;")).ShouldBeEmpty();
}
