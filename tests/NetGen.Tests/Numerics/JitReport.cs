using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Tests.Numerics;

/// <summary>A method as the just-in-time compiler left it.</summary>
/// <param name="Name">Class, method and parameters.</param>
/// <param name="Tier">How it was compiled: <c>FullOpts</c>, <c>Tier0</c>, <c>MinOpts</c>, <c>Tier-0 switched to FullOpts</c>, ….</param>
/// <param name="ILBytes">Size of its intermediate language.</param>
/// <param name="VectorSpills">Instructions that store a 256- or 512-bit register to the stack.</param>
internal sealed record JittedMethod(string Name, string Tier, int ILBytes, int VectorSpills)
{
    /// <summary>Whether the optimiser worked on it from the start.</summary>
    public bool IsOptimised => Tier is "FullOpts" or "Tier1";
}

/// <summary>Reads what <c>DOTNET_JitDisasmSummary=1</c> and <c>DOTNET_JitDisasm</c> print to <c>DOTNET_JitStdOutFile</c>.</summary>
internal static partial class JitReport
{
    /// <summary>What <c>DOTNET_JitDisasm</c> must be set to: the emitted kernels, and the class <c>Kernels</c> that calls them.</summary>
    public const string Filter = "NetGen.Emitted.*:* *Kernels:*";

    /// <summary>The methods of the emitted kernels and of the class <c>Kernels</c>, in the order compiled.</summary>
    public static IReadOnlyList<JittedMethod> ReadKernels(IEnumerable<string> lines)
    {
        var methods = new List<JittedMethod>();
        var spills = 0;
        foreach (string line in lines)
        {
            if (line.StartsWith("; Assembly listing for method", StringComparison.Ordinal))
                spills = 0;
            else if (VectorStore.IsMatch(line))
                spills++;
            else if (SummaryLine.Match(line) is { Success: true } summary && IsKernel(summary.Groups["name"].Value))
            {
                int size = int.Parse(summary.Groups["il"].Value, CultureInfo.InvariantCulture);
                methods.Add(new JittedMethod(summary.Groups["name"].Value, summary.Groups["tier"].Value, size, spills));
            }
        }
        return methods;
    }

    private static bool IsKernel(string name) =>
        name.StartsWith("NetGen.Emitted.", StringComparison.Ordinal) || name.Split(':')[0].EndsWith("+Kernels", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*vmov\w+\s+[yz]mmword ptr \[r[sb]p[^\]]*\], [yz]mm\d+")]
    private static partial Regex VectorStore { get; }

    [GeneratedRegex(@"^\s*\d+: JIT compiled (?<name>.+) \[(?<tier>[^,\]]+), IL size=(?<il>\d+), code size=\d+\]$")]
    private static partial Regex SummaryLine { get; }
}
