using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Problems as Roslyn's diagnostics: the analyzer's and the generator's of the same problem are equal, and the compiler prints them once.</summary>
internal static class ProblemReport
{
    public static Diagnostic Of(INamedTypeSymbol network, Problem problem, CancellationToken cancellation) =>
        At(ProblemLocator.Locate(UsedBlocks.Find(network, problem.Block), problem, cancellation), problem);

    public static Diagnostic At(Location location, Problem problem) => Diagnostic.Create(
        Descriptors.Of(problem.Rule),
        location,
        new[] { (Key: Descriptors.Correction, Value: problem.Correction), (Key: Descriptors.Alternative, Value: problem.Alternative) }
            .Where(property => property.Value is not null)
            .ToImmutableDictionary(property => property.Key, property => property.Value),
        [.. problem.Holes]);
}
