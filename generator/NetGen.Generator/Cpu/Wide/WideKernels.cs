using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the methods that the drivers of all networks of a project share: a class for each level of instructions, and the class
/// <c>Wide</c> whose calls the JIT resolves to the level that the processor has. Only what is needed is there.
/// </summary>
internal static class WideKernels
{
    /// <summary>Where the shared methods of a project stand.</summary>
    public const string Namespace = "NetGen.SharedKernels";

    /// <summary>The files: suffix and text.</summary>
    /// <param name="needs">What all drivers need together.</param>
    /// <param name="space">The namespace of the classes; drivers are in it, or use it.</param>
    public static IEnumerable<(string Suffix, string Text)> Write(WideNeeds needs, string space)
    {
        yield return ("Wide", Shared(needs, space));
        foreach (WideLevel level in WideLevel.All)
            yield return (level.ClassName, Level(level, needs, space));
    }

    private static IEnumerable<(string Name, string Parameters)> Methods(WideNeeds needs)
    {
        if (needs.Map)
            yield return ("Map", MapWalker.Parameters);
        if (needs.Stream)
            yield return ("Stream", StreamWalker.Parameters);
        if (needs.Sums)
            yield return ("Sums", SumWalker.Parameters);
        foreach (int rows in needs.OddSums)
            yield return (SumWalker.Name(rows), SumWalker.Parameters);
        if (needs.Pack)
            yield return ("Pack", SumWalker.PackParameters);
        if (needs.Turn)
        {
            yield return ("Turn", TurnKernel.Parameters);
            yield return ("Touch", TurnKernel.TouchParameters);
        }
        foreach (SharedKernel kernel in needs.Kernels.Select(SharedKernel.Of))
            yield return (kernel.Name, kernel.Parameters);
    }

    private static string Shared(WideNeeds needs, string space)
    {
        SourceWriter w = Header(space, "");
        w.Line("/// <summary>Kernels of wide layers at the level of instructions that the processor has.</summary>");
        using (w.Open("internal static class Wide"))
        {
            w.Line(WideText.Structs);
            foreach (string text in needs.Kernels.Select(name => SharedKernel.Of(name).Struct).OfType<string>().Distinct())
                w.Line().Line(text);
            foreach ((string name, string parameters) in Methods(needs))
            {
                string arguments = string.Join(", ", parameters.Split(',').Select(Argument));
                w.Line().Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
                using (w.Open($"internal static void {name}({parameters})"))
                {
                    foreach (WideLevel level in WideLevel.All)
                    {
                        w.Line(level.Set.Condition == "true" ? "else" : $"{(level == WideLevel.All[0] ? "" : "else ")}if ({level.Set.Condition})");
                        w.Line($"    {level.ClassName}.{name}({arguments});");
                    }
                }
            }
        }
        return w.ToString();
    }

    /// <summary>The argument that passes a parameter on.</summary>
    private static string Argument(string parameter)
    {
        string[] words = parameter.Trim().Split(' ');
        return words.Length == 2 ? words[1] : $"{words[0]} {words[2]}";
    }

    private static string Level(WideLevel level, WideNeeds needs, string space)
    {
        SourceWriter w = Header(space, $"""
            using global::System.Runtime.Intrinsics;
            using global::System.Runtime.Intrinsics.X86;
            using V = global::System.Runtime.Intrinsics.{level.Set.VectorClass}<float>;
            using Vec = global::System.Runtime.Intrinsics.{level.Set.VectorClass};
            using U = global::System.Runtime.Intrinsics.{level.Set.VectorClass}<uint>;
            """);
        w.Line($"/// <summary>Kernels of wide layers for {level.Set.Lanes} lanes and {level.Set.Registers} registers.</summary>");
        using (w.Open($"internal static class {level.ClassName}"))
        {
            IEnumerable<string> methods = (needs.Map ? new MapWalker(level, needs).Write() : [])
                .Concat(StreamWalker.Write(level, needs))
                .Concat(new SumWalker(level, needs).Write())
                .Concat(TurnKernel.Write(level, needs))
                .Concat(needs.Kernels.SelectMany(name => SharedKernel.Of(name).Helpers?.Invoke(level.Set) ?? []).Distinct())
                .Concat(needs.Kernels.Select(name => SharedKernel.Of(name).Write(level.Set)))
                .Concat(KernelFunctions.WithNeeds(needs.Kernels.SelectMany(name => SharedKernel.Of(name).Functions ?? [])).Select(function => function.Text(level.Set)));
            var isFirst = true;
            foreach (string method in methods)
            {
                if (!isFirst)
                    w.Line();
                isFirst = false;
                w.Line(method);
            }
        }
        return w.ToString();
    }

    private static SourceWriter Header(string space, string usings)
    {
        var w = new SourceWriter();
        w.Line($"""
            // <auto-generated/>
            #nullable disable
            #pragma warning disable

            namespace {space};

            using global::System;
            using global::System.Runtime.CompilerServices;
            """);
        if (usings.Length > 0)
            w.Line(usings);
        return w.Line();
    }
}
