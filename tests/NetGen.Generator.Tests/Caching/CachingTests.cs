using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Caching;

/// <summary>What the incremental pipeline does again after an edit.</summary>
public class CachingTests
{
    private const string Network = "using NetGen;\n[Network, Input(1, 8, 8), Conv2d(1, 4, 3), ReLU, Flatten, Linear(144, 10, As = \"head\")]\npublic partial class Net;\n";
    private const string UsesBlocks = "using NetGen; [Network, Input(4), Use<Outer>(5), Use<Inner>] partial class A; [Network, Input(4), Use<Inner>] partial class B;";
    private const string Other = "internal class Other { public int Method() => 1; }\n";

    private static readonly string[] Steps =
        [NetworkGenerator.DeclarationStep, NetworkGenerator.GraphStep, NetworkGenerator.OptionsStep, NetworkGenerator.DebuggableStep];

    [Fact]
    public void An_edit_elsewhere_runs_nothing_again() => ShouldBeCached(After(Network, Other.Replace("1", "2", StringComparison.Ordinal)));

    [Fact]
    public void A_new_file_runs_nothing_again()
    {
        Compilation before = Compilations.Create(Network, Other);
        Compilation after = before.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal class Third;", Compilations.Parsing));
        ShouldBeCached(Results(before, after));
    }

    [Fact]
    public void A_moved_network_runs_nothing_again() => ShouldBeCached(After("// A new first line.\n\n" + Network, Other));

    [Fact]
    public void A_member_beside_the_attributes_runs_nothing_again() =>
        ShouldBeCached(After(Network.Replace("Net;", "Net { public int Count() => 3; }", StringComparison.Ordinal), Other));

    [Fact]
    public void A_moved_mistake_runs_nothing_again()
    {
        string wrong = Network.Replace("144", "143", StringComparison.Ordinal);
        // Where a build suppresses the mistake is looked up again.
        ShouldBeCached(Results(Compilations.Create(wrong, Other), Compilations.Create("\n\n" + wrong, Other)), IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void An_edited_layer_changes_the_files()
    {
        GeneratorRunResult result = After(Network.Replace("144, 10", "144, 20", StringComparison.Ordinal), Other);
        Reasons(result, NetworkGenerator.GraphStep).ShouldBe([IncrementalStepRunReason.Modified]);
        result.GeneratedSources.First().SourceText.ToString().ShouldContain("OutputSize = 20");
    }

    [Fact]
    public void An_edited_network_leaves_the_others_alone()
    {
        Compilation Both(int size) => Compilations.Create($"using NetGen; [Network, Input(4), Linear({size})] partial class A; [Network, Input(4), Linear(2)] partial class B;");
        GeneratorRunResult result = Results(Both(3), Both(5));
        Reasons(result, NetworkGenerator.GraphStep).ShouldBe([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], ignoreOrder: true);
    }

    [Fact]
    public void An_edited_block_changes_the_networks_that_use_it()
    {
        Compilation With(string block) => Compilations.Create(UsesBlocks, $"using NetGen; [Block, {block}] class Outer {{ [Parameter] internal const int Size = 3; }} [Block, ReLU] class Inner;");
        GeneratorRunResult result = Results(With("Linear(Size)"), With("Linear(2 * Size)"));
        Reasons(result, NetworkGenerator.GraphStep).ShouldBe([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], ignoreOrder: true);
        result.GeneratedSources.Select(source => source.SourceText.ToString()).ShouldContain(text => text.Contains("OutputSize = 10", StringComparison.Ordinal));
    }

    [Fact]
    public void An_edit_beside_the_attributes_of_a_block_runs_nothing_again()
    {
        Compilation With(string member) => Compilations.Create(UsesBlocks, $"using NetGen; {member} [Block, Linear(2 * Size)] class Outer {{ {member} [Parameter] internal const int Size = 3; }} [Block, ReLU] class Inner;");
        ShouldBeCached(Results(With(""), With("/* further down */")));
        ShouldBeCached(Results(With("/* class C; */"), With("")));
    }

    [Fact]
    public void The_files_are_the_same_bytes_in_every_culture()
    {
        System.Globalization.CultureInfo usual = System.Globalization.CultureInfo.CurrentCulture;
        ImmutableSortedDictionary<string, string> expected = Generation.Run(Network).Files;
        var foreign = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat = new() { NegativeSign = "~", NumberDecimalSeparator = ";", NumberGroupSeparator = "_", NumberGroupSizes = [2] };
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = foreign;
            Generation.Run(Network.Replace("\n", "\r\n", StringComparison.Ordinal)).Files.ShouldBe(expected);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = usual;
        }
        expected.Values.ShouldAllBe(text => !text.Contains('\r'));
    }

    [Fact]
    public void No_model_holds_on_to_a_compilation()
    {
        string wrong = "using NetGen; public partial class Outer { [Network, Input(4), Linear(3, 2), Dropout(2), Linear(\"\")] partial class Net { int Summary; } }";
        string blocks = UsesBlocks + " [Block, Linear(2 * Size), Use<Inner>] class Outer { [Parameter] internal const int Size = 3; } [Block, ReLU, Add(\"x\"), Linear(Size == 0 ? 1 : 2)] class Inner { [Parameter] const int Size = 2; }";
        GeneratorRunResult result = Generation.Run(Network, wrong, blocks).Driver.GetRunResult().Results.Single();
        object[] models = [.. Steps.Except([NetworkGenerator.OptionsStep])
            .SelectMany(step => result.TrackedSteps[step])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Value)];
        models.Length.ShouldBe(9);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object model in models)
            ShouldHoldNoCompilation(model, seen);
        seen.Count.ShouldBeGreaterThan(20);
    }

    private static void ShouldHoldNoCompilation(object? model, HashSet<object> seen)
    {
        if (model is null || (!model.GetType().IsValueType && !seen.Add(model)))
            return;
        model.ShouldNotBeAssignableTo<ISymbol>();
        model.ShouldNotBeAssignableTo<SyntaxNode>();
        model.ShouldNotBeAssignableTo<SyntaxTree>();
        model.ShouldNotBeAssignableTo<Location>();
        model.ShouldNotBeAssignableTo<Compilation>();
        model.ShouldNotBeAssignableTo<SemanticModel>();
        model.ShouldNotBeAssignableTo<Delegate>();
        if (model is string or Type || model.GetType().IsPrimitive || model.GetType().IsEnum)
            return;
        if (model is IEnumerable items)
        {
            foreach (object? item in items)
                ShouldHoldNoCompilation(item, seen);
            return;
        }
        for (Type? type = model.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                ShouldHoldNoCompilation(field.GetValue(model), seen);
        }
    }

    private static GeneratorRunResult After(string network, string other) =>
        Results(Compilations.Create(Network, Other), Compilations.Create(network, other));

    private static GeneratorRunResult Results(Compilation before, Compilation after) =>
        Generation.Run(after, Generation.Run(before).Driver).Driver.GetRunResult().Results.Single();

    private static void ShouldBeCached(GeneratorRunResult result, IncrementalStepRunReason output = IncrementalStepRunReason.Cached)
    {
        foreach (string step in Steps)
            Reasons(result, step).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached || reason == IncrementalStepRunReason.Unchanged, step);
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached || reason == output);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);
}
