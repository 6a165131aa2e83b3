using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>
/// The package, packed from what is built, and a project in a temporary folder that has it from there. The folder has sources and
/// a packages folder of its own; only the runtime's dependencies come from the machine's folder of packages, where they are
/// because the runtime was built.
/// </summary>
public sealed class PackedPackage : IDisposable
{
    private static readonly string Configuration = Metadata("Configuration");
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-package");
    private readonly string version;

    /// <summary>Packs, and lays out the project.</summary>
    public PackedPackage()
    {
        // A version of its own, so that no package of the machine's folder is taken for it.
        version = $"0.0.1-test.{Guid.NewGuid():N}";
        DotNet(Repository, "pack", "runtime", "--no-build", "-c", Configuration, $"-p:PackageVersion={version}", "-o", Path.Combine(folder.FullName, "feed"))
            .Code.ShouldBe(0);
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="machine" value="{Metadata("NuGetPackageRoot")}" />
              </fallbackPackageFolders>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
            </configuration>
            """);
        Write("App.csproj", Project("net10.0"));
        Write("// Replaced by each test.");
        (int code, string output) = DotNet(folder.FullName, "restore");
        code.ShouldBe(0, output);
    }

    /// <summary>The package's files.</summary>
    internal ZipArchive Open() => ZipFile.OpenRead(Path.Combine(folder.FullName, "feed", $"NetGen.{version}.nupkg"));

    /// <summary>What a project for another framework is told when it restores.</summary>
    internal (int Code, string Output) RestoreFor(string framework)
    {
        Write(Path.Combine("older", "Older.csproj"), Project(framework));
        return DotNet(Path.Combine(folder.FullName, "older"), "restore");
    }

    /// <summary>What MSBuild makes of a property of the project.</summary>
    internal string Property(string name, params string[] properties) => PropertyOf(Path.Combine(folder.FullName, "App.csproj"), name, properties);

    /// <summary>What MSBuild makes of a property of one of this repository's projects.</summary>
    internal static string PropertyInRepository(string project, string name, params string[] properties) =>
        PropertyOf(Path.Combine(Repository, project), name, properties);

    /// <summary>What one target of the project prints.</summary>
    internal string RunTarget(string target, params string[] properties)
    {
        (int code, string output) = DotNet(folder.FullName, ["msbuild", "App.csproj", $"-t:{target}", .. properties]);
        code.ShouldBe(0, output);
        return output;
    }

    /// <summary>Writes the program.</summary>
    internal void Write(string program) => Write("Program.cs", program);

    /// <summary>Builds the project; the warnings and errors, with paths relative to it.</summary>
    internal IReadOnlyList<string> Build(string configuration, params string[] properties)
    {
        (int code, string output) = DotNet(
            folder.FullName,
            ["build", "--no-restore", "-c", configuration, "-p:UseSharedCompilation=false", .. properties]);
        string[] findings =
        [
            .. output.Split('\n')
                .Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal))
                .Select(line => line.Trim().Replace(folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))
                .Distinct(),
        ];
        // The summary repeats each line, so how many there were is read from its counts.
        int counted = Regex.Matches(output, @"^ +(\d+) (Warning|Error)\(s\)", RegexOptions.Multiline)
            .Sum(count => int.Parse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        counted.ShouldBe(findings.Length, output);
        (code != 0).ShouldBe(findings.Any(line => line.Contains(": error ", StringComparison.Ordinal)), output);
        return findings;
    }

    /// <summary>Runs what was built; what it prints.</summary>
    internal string Run(string configuration)
    {
        (int code, string output) = DotNet(folder.FullName, Path.Combine("bin", configuration, "net10.0", "App.dll"));
        code.ShouldBe(0, output);
        return output.Trim();
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private static (int Code, string Output) DotNet(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host's own MSBuild left behind would lead the child astray.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string PropertyOf(string project, string name, string[] properties)
    {
        (int code, string output) = DotNet(Path.GetDirectoryName(project)!, ["msbuild", project, $"-getProperty:{name}", .. properties]);
        code.ShouldBe(0, output);
        return output.Trim();
    }

    private string Project(string framework) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>{framework}</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="NetGen" Version="{version}" />
          </ItemGroup>
        </Project>
        """;

    private static string Metadata(string key) => typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private void Write(string file, string text)
    {
        string path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
