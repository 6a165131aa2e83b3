using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests.Harness;

/// <summary>An error of the compiler, as a build prints it.</summary>
/// <param name="Id">For example NG0102.</param>
/// <param name="Span">What the source has from the error's place on, to the end of the line; empty: no place in the source.</param>
/// <param name="Message">The message, without the help page's address.</param>
internal sealed record PrintedError(string Id, string Span, string Message);

/// <summary>
/// The SDK's own compiler, as a build runs it, with the generator and the analyzer: what it prints, in its order, and whether there is an
/// assembly. A compilation in memory knows neither at which mistake the compiler stops nor that it prints equal diagnostics once.
/// </summary>
internal static partial class CompilerRun
{
    /// <summary>What a project with NetGen.props has by default.</summary>
    public const string UsualProperties = "is_global = true\nbuild_property.RunAnalyzers = \n";

    private static readonly string Compiler = typeof(CompilerRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Compiler").Value!;

    /// <summary>Compiles the sources; the errors, and the warnings of the generator that stopped.</summary>
    public static Task<IReadOnlyList<PrintedError>> Errors(params string[] sources) => Errors(sources, UsualProperties);

    /// <inheritdoc cref="Errors(string[])"/>
    /// <param name="sources">The sources.</param>
    /// <param name="properties">The file of the project's properties; null: there is none.</param>
    /// <param name="arguments">More of the compiler's arguments.</param>
    public static async Task<IReadOnlyList<PrintedError>> Errors(string[] sources, string? properties, params string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-csc");
        try
        {
            var response = new List<string>
            {
                "-nologo", "-noconfig", "-t:library", "-o+", "-langversion:preview", "-nullable+", "-preferreduilang:en", "-out:out.dll",
                $"-a:{typeof(NetworkGenerator).Assembly.Location}", $"-r:{typeof(Shape).Assembly.Location}",
            };
            response.AddRange(Compilations.ReferencePaths.Select(path => $"-r:{path}"));
            for (var index = 0; index < sources.Length; index++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{index}.cs"), sources[index]);
                response.Add($"{index}.cs");
            }
            if (properties is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "project.globalconfig"), properties);
                response.Add("-analyzerconfig:project.globalconfig");
            }
            response.AddRange(arguments);
            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "all.rsp"), response.Select(line => $"\"{line}\""));
            string output = await Run(folder.FullName);
            IReadOnlyList<PrintedError> errors = [.. output.Split('\n').Select(line => Parse(line.TrimEnd(), sources)).OfType<PrintedError>()];
            File.Exists(Path.Combine(folder.FullName, "out.dll")).ShouldBe(errors.Count == 0, output);
            return errors;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Run(string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Compiler, "-noconfig", "@all.rsp"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    private static PrintedError? Parse(string line, string[] sources)
    {
        Match match = Line().Match(line);
        // A generator that stops is a warning to the compiler.
        if (!match.Success || (match.Groups["severity"].Value != "error" && match.Groups["id"].Value is not ("CS8785" or "AD0001")))
            return null;
        var span = "";
        if (match.Groups["file"].Success)
        {
            span = match.Groups["file"].Value;
            if (int.TryParse(Path.GetFileNameWithoutExtension(span), CultureInfo.InvariantCulture, out int index))
            {
                string text = sources[index].Split('\n')[int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - 1];
                span = text[(int.Parse(match.Groups["column"].ValueSpan, CultureInfo.InvariantCulture) - 1)..];
            }
        }
        return new PrintedError(match.Groups["id"].Value, span, Help().Replace(match.Groups["message"].Value, ""));
    }

    [GeneratedRegex(@"^(?:(?<file>[^()]+)\((?<line>\d+),(?<column>\d+)\): )?(?<severity>error|warning) (?<id>[A-Z]+\d+): (?<message>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@" \(https://[^)]*\)$")]
    private static partial Regex Help();
}
