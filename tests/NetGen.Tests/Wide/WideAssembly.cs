using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Wide;

/// <summary>A driver, called with all that any has: what it does not take is not looked at.</summary>
internal delegate void DriverCall(
    ref float x, ref float w, ref float y, ref float bias, ref float other, float lowest, ref float scratch, nint samples, nint from, nint to);

/// <summary>Drivers and the methods that they share, compiled in memory.</summary>
internal sealed class WideAssembly
{
    private readonly Type runner;

    /// <param name="drivers">What to compile.</param>
    /// <param name="level">The level of instructions that is called, whatever the machine has; null: the machine's own.</param>
    public WideAssembly(IReadOnlyList<WideDriver> drivers, WideLevel? level = null)
    {
        WideNeeds needs = drivers.Aggregate(WideNeeds.None, (all, driver) => all.And(driver.Needs));
        var text = new StringBuilder("""
            #nullable disable
            #pragma warning disable

            namespace NetGen.Emitted.Trial;

            using System;
            using System.Runtime.CompilerServices;

            public static class Drivers
            {

            """);
        for (var i = 0; i < drivers.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Driver{i}");
            text.AppendLine(drivers[i].Write(name));
            // dx and dw are written where y is in a forward.
            string arguments = string.Join(", ", drivers[i].Parameters.Split(", ").Select(parameter => parameter.Split(' ')).Select(words => words[^1] switch
            {
                "dw" => "ref y",
                "dx" => "ref x",
                "dy" when drivers[i].Parameters.Contains("ref float dw", StringComparison.Ordinal) => "ref w",
                "dy" => "ref y",
                _ => words.Length == 3 ? $"ref {words[^1]}" : words[^1],
            }));
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                public static void Run{{i}}(ref float x, ref float w, ref float y, ref float bias, ref float other, float lowest, ref float scratch, nint samples, nint from, nint to) =>
                    {{name}}({{arguments}});
                """);
        }
        text.AppendLine("}");
        byte[] image = NetworkCompiler.CompileFiles([.. SharedFiles(needs, "NetGen.Emitted.Trial", level), text.ToString()]);
        runner = new AssemblyLoadContext("wide").LoadFromStream(new MemoryStream(image)).GetType("NetGen.Emitted.Trial.Drivers")!;
    }

    /// <summary>The shared methods, whose calls go to one level if it is given: .NET computes vectors that a machine lacks with those it has.</summary>
    public static IEnumerable<string> SharedFiles(WideNeeds needs, string space, WideLevel? level) =>
        WideKernels.Write(needs, space).Select(file => WideLevel.All.Where(_ => level is not null).Aggregate(
            file.Text, (text, one) => text.Replace($"if ({one.Set.Condition})", one == level ? "if (true)" : "if (false)", StringComparison.Ordinal)));

    /// <summary>The driver of that index.</summary>
    public DriverCall this[int index] =>
        runner.GetMethod(string.Create(CultureInfo.InvariantCulture, $"Run{index}"), BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<DriverCall>();
}
