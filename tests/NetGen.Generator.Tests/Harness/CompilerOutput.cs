using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// What the compiler prints, worked out in memory, which is quicker than running it: first what the generator reports, then what is wrong
/// with declarations; if there was an error, no more; then what is wrong with bodies, and what the analyzer reports; equal diagnostics
/// once. Tests of <see cref="CompilerRun"/> see to it that this is what the compiler does.
/// </summary>
internal static class CompilerOutput
{
    /// <summary>The errors of a project of these sources, the kernels left out.</summary>
    public static async Task<IReadOnlyList<PrintedError>> Errors(params string[] sources)
    {
        Compilation compilation = Compilations.Create(sources);
        Diagnostic[] found = Errors(compilation.GetParseDiagnostics());
        if (found.Length != 0)
            return Print(found);
        Generation generation = Generation.Run(compilation);
        found =
        [
            .. Errors(generation.Reported), .. Errors(generation.Compilation.GetParseDiagnostics()), .. Errors(generation.Compilation.GetDeclarationDiagnostics()),
        ];
        return Print(found.Length != 0
            ? found
            : [.. Errors(generation.Compilation.GetDiagnostics()), .. Errors(await Analysis.Diagnostics(generation.Compilation))]);
    }

    private static Diagnostic[] Errors(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error || diagnostic.Id is "CS8785" or "AD0001")];

    private static IReadOnlyList<PrintedError> Print(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Distinct().Select(Print)];

    private static PrintedError Print(Diagnostic diagnostic) => new(
        diagnostic.Id,
        diagnostic.Location.SourceTree is not { } tree ? ""
        : Generation.IsGenerated(diagnostic) ? tree.FilePath
        : RestOfLine(tree.GetText(), diagnostic.Location.SourceSpan.Start),
        diagnostic.GetMessage(CultureInfo.InvariantCulture));

    private static string RestOfLine(SourceText text, int start) =>
        text.ToString(TextSpan.FromBounds(start, text.Lines.GetLineFromPosition(start).End));
}
