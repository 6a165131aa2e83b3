using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>Expressions over parameters have the values that they have in a program where the parameters are variables, in a checked context.</summary>
public class ParameterExpressionTests
{
    private const int Count = 300;

    private static readonly int[] Values = [0, 1, -1, 2, 3, 7, 64, -5, 46341, int.MaxValue, int.MinValue, int.MinValue + 1];

    [Fact]
    public void Random_expressions_have_the_values_of_compiled_code()
    {
        var random = new Random(1);
        Case[] cases = [.. Enumerable.Range(0, Count).Select(_ => new Case(Whole(random, 3), Values[random.Next(Values.Length)], Values[random.Next(Values.Length)]))];
        int?[] expected = Run(cases);
        Compilation blocks = Compilations.Create("using NetGen;\n" + string.Concat(cases.Select((one, i) =>
            $"[Network, Input(4), Use<B{i}>({Text(one.A)}, {Text(one.B)})] partial class N{i};\n[Block, Linear({one.Expression.Replace("n", "", StringComparison.Ordinal)})] class B{i} {{ [Parameter] internal const int A = 5, B = 3; }}\n")));
        (int compared, int without) = (0, 0);
        for (var i = 0; i < cases.Length; i++)
        {
            NetworkDeclaration declaration = NetworkReader.Read(blocks.GetTypeByMetadataName($"N{i}")!, blocks, CancellationToken.None);
            // For the declared values the compiler has its say first.
            if (declaration.Blocks.Single().Attributes.Single() is UnreadableAttribute { Problems.Count: 0 })
                continue;
            ExpandedNetwork expanded = Expansion.Of(declaration, CancellationToken.None);
            expanded.Problems.Select(problem => problem.Rule).ShouldBe(expected[i] is null ? [Rules.ArgumentWithoutValue] : [], cases[i].ToString());
            if (expected[i] is { } value)
                ((LinearLayer)expanded.Layers.Single().Layer).OutFeatures.ShouldBe(value, cases[i].ToString());
            compared++;
            without += expected[i] is null ? 1 : 0;
        }
        compared.ShouldBeGreaterThan(Count / 2);
        without.ShouldBeGreaterThan(Count / 20);
    }

    /// <summary>What compiled code makes of each; null: it throws. Its numbers are variables too, so that the compiler works out nothing.</summary>
    private static int?[] Run(Case[] cases)
    {
        string numbers = string.Join(", ", Enumerable.Range(0, 9).Select(number => $"n{number} = {number}"));
        Compilation compilation = Compilations.Create($"public static class Code {{ private static int {numbers};\n{string.Concat(cases.Select((one, i) => $"public static int X{i}(int A, int B) => checked({one.Expression});\n"))}}}");
        using var image = new MemoryStream();
        compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(image).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        Type code = System.Reflection.Assembly.Load(image.ToArray()).GetType("Code")!;
        return [.. cases.Select((one, i) =>
        {
            var method = code.GetMethod($"X{i}")!.CreateDelegate<Func<int, int, int>>();
            try
            {
                return (int?)method(one.A, one.B);
            }
            catch (ArithmeticException)
            {
                return null;
            }
        })];
    }

    /// <summary>An expression of type int over A, B and numbers, as n3; some overflow, and some divide by zero.</summary>
    private static string Whole(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(14)) switch
    {
        0 => "A",
        1 => "B",
        2 => $"n{Text(random.Next(0, 9))}",
        3 => $"({Whole(random, depth - 1)})",
        4 => $"-{Operand(random, depth)}",
        5 => $"+{Operand(random, depth)}",
        6 => $"({Condition(random, depth - 1)} ? {Whole(random, depth - 1)} : {Whole(random, depth - 1)})",
        7 => $"(int)({Operand(random, depth)} * 0.25)",
        8 => $"checked({Whole(random, depth - 1)})",
        9 => $"(int)(double){Operand(random, depth)}",
        var kind => $"{Operand(random, depth)} {"+-*/%"[kind % 5]} {Operand(random, depth)}",
    };

    private static string Operand(Random random, int depth) => $"({Whole(random, depth - 1)})";

    private static string Condition(Random random, int depth) => depth <= 0 || random.Next(3) > 0
        ? $"{Operand(random, Math.Max(depth, 1))} {new[] { "<", "<=", ">", ">=", "==", "!=" }[random.Next(6)]} {Operand(random, Math.Max(depth, 1))}"
        : random.Next(3) switch
        {
            0 => $"!({Condition(random, depth - 1)})",
            1 => $"({Condition(random, depth - 1)}) && ({Condition(random, depth - 1)})",
            _ => $"({Condition(random, depth - 1)}) || ({Condition(random, depth - 1)})",
        };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Case(string Expression, int A, int B);
}
