namespace NetGen.Generator.Tests.Packaging;

/// <summary>Projects that know nothing but the packed package.</summary>
public sealed class PackageTests(PackedPackage package) : IClassFixture<PackedPackage>
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
}
