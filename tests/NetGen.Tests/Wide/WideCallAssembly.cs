using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Wide;

/// <summary>A call with as many references as any has.</summary>
internal delegate void SharedCall(
    ref float a, ref float b, ref float c, ref float d, ref float e, ref float f, nint samples, nint from, nint to, uint seed, int firstSample);

/// <summary>Calls of shared methods at a level of instructions, compiled in memory with no other methods than they need.</summary>
internal sealed class WideCallAssembly
{
    private const string Space = "NetGen.Emitted.Calls";

    private readonly Type runner;

    public WideCallAssembly(IReadOnlyList<WideCall> calls, WideLevel? level)
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        var text = new StringBuilder($$"""
            #nullable disable

            namespace {{Space}};

            public static class Calls
            {

            """);
        for (var i = 0; i < calls.Count; i++)
        {
            int references = SharedKernel.Of(calls[i].Method).Tensors.Length;
            // As passes are compiled: the JIT puts the choice of a level into the caller.
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                public static void Run{{i}}(ref float a, ref float b, ref float c, ref float d, ref float e, ref float f, nint samples, nint from, nint to, uint seed, int firstSample)
                {
                    // {{calls[i].Summary}}
                    {{calls[i].Write(names.Take(references))}}
                }
                """);
        }
        text.AppendLine("}");
        WideNeeds needs = calls.Aggregate(WideNeeds.None, (all, call) => all.And(call.Needs));
        byte[] image = NetworkCompiler.CompileFiles([.. WideAssembly.SharedFiles(needs, Space, level), text.ToString()]);
        runner = new AssemblyLoadContext("calls").LoadFromStream(new MemoryStream(image)).GetType($"{Space}.Calls")!;
    }

    /// <summary>The call of that index.</summary>
    public SharedCall this[int index] =>
        runner.GetMethod(string.Create(CultureInfo.InvariantCulture, $"Run{index}"), BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<SharedCall>();
}
