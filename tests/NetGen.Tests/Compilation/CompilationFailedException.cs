using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NetGen.Tests.Compilation;

/// <summary>Source that should have compiled did not. The message has each problem with the lines around it, generated ones too.</summary>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> problems)
    : Exception(string.Join("\n", problems.Take(10).Select(Describe)))
{
    /// <summary>What was reported.</summary>
    public ImmutableArray<Diagnostic> Problems { get; } = problems;

    private static string Describe(Diagnostic problem)
    {
        if (problem.Location.SourceTree is not { } tree)
            return problem.ToString();
        int line = problem.Location.GetLineSpan().StartLinePosition.Line;
        IEnumerable<string> around = tree.GetText().Lines.Skip(Math.Max(0, line - 2)).Take(5).Select(one => $"    {one}");
        return $"{problem}\n{string.Join("\n", around)}";
    }
}
