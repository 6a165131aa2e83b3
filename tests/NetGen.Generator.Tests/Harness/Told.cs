namespace NetGen.Generator.Tests.Harness;

/// <summary>Who tells of a mistake in a source: the analyzer, with the generator adding nothing, or the compiler alone.</summary>
internal static class Told
{
    /// <summary>The analyzer tells of it, and the generated part adds no error of its own.</summary>
    public static async Task ByTheAnalyzer(string source, Finding expected)
    {
        Generation generation = Generation.Run(Compilations.Preamble + source);
        // What the generator reports itself, the analyzer does as well; the compiler prints it once.
        generation.Reported.Select(Finding.Of).ShouldBeSubsetOf([expected]);
        generation.Errors.ShouldBeEmpty();
        (await Analysis.Analyze(generation.Compilation)).ShouldBe([expected]);
    }

    /// <summary>The compiler tells of it, in the source and not in what is generated.</summary>
    public static async Task ByTheCompiler(string source)
    {
        Generation generation = Generation.Run(Compilations.Preamble + source);
        generation.Reported.ShouldBeEmpty();
        generation.Errors.ShouldNotBeEmpty();
        generation.Errors.ShouldAllBe(error => !Generation.IsGenerated(error));
        (await Analysis.Analyze(Compilations.Preamble + source)).ShouldBeEmpty();
    }
}
