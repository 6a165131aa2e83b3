using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>Projects that know nothing but the packed package.</summary>
public sealed partial class PackageTests(PackedPackage package) : IClassFixture<PackedPackage>
{
    private const string Network = """
        [Network, Input(2)]
        [Linear(2, 3), ReLU]
        [Linear(3, 2)]
        public partial class Net;
        """;

    /// <summary>Two layers with given weights; the outputs can be checked by hand.</summary>
    private const string Program = """
        using NetGen;

        var net = new Net(seed: 1);
        net.Parameters["linear1.weight"].Values.Assign([1, 2, -1, 1, 0, -3]);
        net.Parameters["linear1.bias"].Values.Assign([0, 0.5f, 1]);
        net.Parameters["linear2.weight"].Values.Assign([1, 10, 100, -1, 2, -4]);
        net.Parameters["linear2.bias"].Values.Assign([0.25f, 0]);
        var outputs = new float[Net.OutputSize];
        net.Predict([3, 4], outputs);
        System.Console.WriteLine(FormattableString.Invariant($"{Net.ParameterCount} {outputs[0]} {outputs[1]}"));

        """;

    /// <summary>Hidden: 3 + 2·4 = 11; −3 + 4 + 0.5 = 1.5; 1 − 12 → 0. Outputs: 11 + 15 + 0.25; −11 + 3.</summary>
    private const string Expected = "17 26.25 -8";

    [Fact]
    public void A_release_build_runs_without_a_warning()
    {
        package.Write(Program + Network);
        package.Build("Release").ShouldBeEmpty();
        package.Run("Release").ShouldBe(Expected);
    }

    [Fact]
    public void A_debug_build_is_warned_about_once_and_runs()
    {
        package.Write(Program + Network);
        string warning = package.Build("Debug").ShouldHaveSingleItem();
        warning.ShouldContain("warning NG0201: This Debug build runs networks about 15 times slower");
        package.Run("Debug").ShouldBe(Expected);
    }

    [Fact]
    public void A_debug_build_can_keep_the_optimiser()
    {
        package.Write(Program + Network);
        package.Build("Debug", "-p:NetGenOptimizeInDebug=true").ShouldBeEmpty();
        package.Run("Debug").ShouldBe(Expected);
    }

    [Fact]
    public void A_wrong_number_is_the_only_error_and_stands_at_the_number()
    {
        package.Write(Program + Network.Replace("Linear(3, 2)", "Linear(4, 2)", StringComparison.Ordinal));
        int line = Program.Count(character => character == '\n') + 3;
        string error = package.Build("Release").ShouldHaveSingleItem();
        error.ShouldStartWith($"Program.cs({line},9): error NG0102: Linear expects 4 inputs but receives 3");
    }

    [Fact]
    public void A_wrong_number_does_not_build_without_analyzers_either()
    {
        package.Write(Program + Network.Replace("Linear(3, 2)", "Linear(4, 2)", StringComparison.Ordinal));
        int line = Program.Count(character => character == '\n') + 3;
        string error = package.Build("Release", "-p:RunAnalyzers=false").ShouldHaveSingleItem();
        error.ShouldStartWith($"Program.cs({line},9): error NG0102: Linear expects 4 inputs but receives 3");
    }

    [Fact]
    public void A_project_for_an_older_framework_is_told_that_the_package_is_not_for_it()
    {
        (int code, string output) = package.RestoreFor("net8.0");
        code.ShouldNotBe(0, output);
        output.ShouldContain("error NU1202: Package NetGen ");
        output.ShouldContain("is not compatible with net8.0");
        output.ShouldContain("supports: net10.0");
    }

    [Fact]
    public void The_package_says_where_it_comes_from_and_shows_its_icon()
    {
        using ZipArchive files = package.Open();
        XElement metadata = XDocument.Parse(Text(files, "NetGen.nuspec")).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Value("projectUrl").ShouldBe("https://github.com/netgen-dotnet/NetGen");
        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        repository.Attribute("url")!.Value.ShouldBe("https://github.com/netgen-dotnet/NetGen.git");
        Rules.HelpAddress.ShouldStartWith(Value("projectUrl"));
        Value("license").ShouldBe("MIT");
        // NuGet shows icons of 128×128 pixels. Decoded as the PNG that its name says it is.
        using Stream icon = files.GetEntry(Value("icon"))!.Open();
        using var bytes = new MemoryStream();
        icon.CopyTo(bytes);
        GrayImage image = GrayImage.Decode("icon.png", bytes.ToArray());
        (image.Width, image.Height).ShouldBe((128, 128));
        Value("readme").ShouldBe("README.md");
    }

    [Fact]
    public void Links_of_the_package_page_lead_somewhere_from_any_page() =>
        MarkdownLink().Matches(Readme()).Select(link => link.Groups[1].Value).ShouldAllBe(
            target => target.StartsWith("https://github.com/netgen-dotnet/NetGen", StringComparison.Ordinal));

    [Fact]
    public void The_program_of_the_package_page_runs_without_a_warning()
    {
        package.Write(ReadmeProgram());
        package.Build("Release").ShouldBeEmpty();
        package.Run("Release").ShouldMatch(@"^9\d[.,]\d ?% of the test set are right\.$");
    }

    [Fact]
    public void The_mistake_of_the_package_page_gives_its_error()
    {
        package.Write(ReadmeProgram().Replace("Linear(256,", "Linear(250,", StringComparison.Ordinal));
        string error = package.Build("Release").ShouldHaveSingleItem();
        Readme().ShouldContain("Program.cs(18,9): error NG0102: Linear expects 250 inputs but receives 16×4×4 = 256\n```");
        error.ShouldStartWith("Program.cs(18,9): error NG0102: Linear expects 250 inputs but receives 16×4×4 = 256");
    }

    /// <summary>The NativeAOT compiler takes instruction sets that are not named for missing.</summary>
    [Theory]
    [InlineData("x86-64-v3", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64")]
    [InlineData("x86-64-v3", "-p:PublishAot=true", "-p:RuntimeIdentifier=win-x64")]
    [InlineData("native", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:IlcInstructionSet=native")]
    [InlineData("", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-arm64")]
    [InlineData("", "-p:RuntimeIdentifier=linux-x64")]
    [InlineData("")]
    public void A_native_build_keeps_its_vectors(string expected, params string[] properties)
    {
        package.Property("IlcInstructionSet", properties).ShouldBe(expected);
        // The repository's own projects get the same, by another way.
        PackedPackage.PropertyInRepository("samples/Mnist/Mnist.csproj", "IlcInstructionSet", properties).ShouldBe(expected);
    }

    [Fact]
    public void A_native_build_says_what_was_chosen_for_it()
    {
        string[] native = ["-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64"];
        string said = package.RunTarget("NetGenTellInstructionSet", native);
        said.ShouldContain("warning NG0401: This native build runs networks with AVX2, on x64 processors from 2013 on, and without AVX-512.");
        said.ShouldContain("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>");
        package.RunTarget("NetGenTellInstructionSet", [.. native, "-p:IlcInstructionSet=x86-64-v4"]).ShouldNotContain("NG0401");
        package.RunTarget("NetGenTellInstructionSet").ShouldNotContain("NG0401");
        // No build breaks for it.
        package.RunTarget("NetGenTellInstructionSet", [.. native, "-p:TreatWarningsAsErrors=true"]).ShouldContain("NG0401");
    }

    private static string Text(ZipArchive files, string name)
    {
        using var reader = new StreamReader(files.GetEntry(name)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string Readme()
    {
        using ZipArchive files = package.Open();
        return Text(files, "README.md");
    }

    private string ReadmeProgram() => CSharpBlock().Matches(Readme()).ShouldHaveSingleItem().Groups[1].Value;

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
