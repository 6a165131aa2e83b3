using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Cpu;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>What happens when the generator itself fails, and when the build runs no analyzers.</summary>
public class FaultTests
{
    private const string Right = "using NetGen; [Network, Input(4), Linear(2)] public partial class Net;";
    private const string Wrong = "using NetGen; [Network, Input(4), Linear(3, 2), Dropout(1)] public partial class Net;";
    private const string NotPartial = "using NetGen; [Network, Input(4), Linear(2)] public class Net;";

    [Fact]
    public void A_fault_of_the_generator_is_one_diagnostic_that_names_the_network()
    {
        var failing = new NetworkGenerator((_, _) => throw new InvalidOperationException("no registers\nleft"));
        Generation generation = Generation.Run(Compilations.Create(Right), failing);
        generation.Reported.Select(Finding.Of).ShouldHaveSingleItem().ShouldBe(new Finding(
            "NG0001", "", "NetGen failed on network 'Net' with InvalidOperationException: no registers left; please report this with the class's attributes"));
        // It is the only error.
        generation.Files.Keys.ShouldBe(["Net.Program.g.cs", "Net.g.cs"]);
        generation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_run_is_no_fault()
    {
        using var source = new CancellationTokenSource();
        var cancelled = new NetworkGenerator((_, cancellation) =>
        {
            source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return new NetworkText([], WideNeeds.None);
        });
        GeneratorDriver driver = CSharpGeneratorDriver.Create(cancelled);
        Should.Throw<OperationCanceledException>(() => driver.RunGenerators(Compilations.Create(Right), source.Token));
    }

    [Fact]
    public void A_cancellation_that_no_one_asked_for_is_a_fault() =>
        Generation.Run(Compilations.Create(Right), new NetworkGenerator((_, _) => throw new OperationCanceledException()))
            .Reported.ShouldHaveSingleItem().Id.ShouldBe("NG0001");

    [Theory]
    [InlineData("RunAnalyzers", "false")]
    [InlineData("RunAnalyzersDuringBuild", "False")]
    [InlineData("IsImplicitlyTriggeredBuild", "true")]
    public void Where_no_analyzer_runs_the_generator_reports_each_mistake(string property, string value)
    {
        Generation generation = Generation.Run(Compilations.Create(Wrong), properties: new BuildProperties((property, value)));
        generation.Reported.Select(Finding.Of).ShouldBe(
        [
            new Finding("NG0102", "3", "Linear expects 3 inputs but receives 4"),
            new Finding("NG0109", "1", "Dropout: p must be at least 0 and below 1 but is 1"),
        ]);
        generation.Errors.ShouldBeEmpty();
        Generation.Run(Compilations.Create(NotPartial), properties: new BuildProperties((property, value))).Reported.ShouldHaveSingleItem().Id.ShouldBe("NG0301");
    }

    [Fact]
    public void Where_analyzers_run_the_generator_reports_no_mistake()
    {
        BuildProperties[] usual =
        [
            new(("IsImplicitlyTriggeredBuild", "true"), ("TreatWarningsAsErrors", "true")),
            new(("IsImplicitlyTriggeredBuild", "true"), ("OptimizeImplicitlyTriggeredBuild", "false")),
            new(), new(("RunAnalyzers", "")), new(("RunAnalyzers", "true"), ("RunAnalyzersDuringBuild", "false"))];
        foreach (BuildProperties properties in usual)
            Generation.Run(Compilations.Create(Wrong), properties: properties).Reported.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug, "true", true)]
    [InlineData(OptimizationLevel.Debug, "", false)]
    [InlineData(OptimizationLevel.Release, "true", false)]
    public void The_optimiser_is_kept_on_in_debug_builds_that_ask_for_it(OptimizationLevel optimization, string value, bool isKept)
    {
        var properties = new BuildProperties(("NetGenOptimizeInDebug", value));
        Generation generation = Generation.Run(Compilations.Create(optimization, Right), properties: properties);
        generation.Files.ContainsKey("NetGen.OptimizeInDebug.g.cs").ShouldBe(isKept);
        generation.Errors.ShouldBeEmpty();
        Generation.Run(Compilations.Create(optimization, "internal class WithoutNetworks;"), properties: properties).Files.ShouldBeEmpty();
    }
}
