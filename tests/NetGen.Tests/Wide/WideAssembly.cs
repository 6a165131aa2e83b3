using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Wide;

/// <summary>A driver, called with all that any has: what it does not take is not looked at.</summary>
internal delegate void WideCall(
    ref float x, ref float w, ref float y, ref float bias, ref float other, float lowest, ref float scratch, nint samples, nint from, nint to);

/// <summary>Drivers and the methods that they share, compiled in memory.</summary>
internal sealed class WideAssembly
{
    private readonly Type runner;

    public WideAssembly(IReadOnlyList<WideDriver> drivers)
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
        byte[] image = NetworkCompiler.CompileFiles([.. WideKernels.Write(needs, "NetGen.Emitted.Trial").Select(file => file.Text), text.ToString()]);
        runner = new AssemblyLoadContext("wide").LoadFromStream(new MemoryStream(image)).GetType("NetGen.Emitted.Trial.Drivers")!;
    }

    /// <summary>The driver of that index.</summary>
    public WideCall this[int index] =>
        runner.GetMethod(string.Create(CultureInfo.InvariantCulture, $"Run{index}"), BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<WideCall>();
}
