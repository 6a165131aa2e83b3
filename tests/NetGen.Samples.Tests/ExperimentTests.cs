using System.Reflection;
using NetGen.Samples.Tests.Reports;

namespace NetGen.Samples.Tests;

/// <summary>The samples that are experiments: each finds what it looks for, and shows it on a page. They write to the console of this process, so one at a time.</summary>
[Collection("console")]
public sealed class ExperimentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(typeof(FiltersSample.Smoothing), 32)]
    [InlineData(typeof(EquivarianceSample.Circular), 7)]
    [InlineData(typeof(SegmentationSample.ShapeNet), 16, "--epochs", "6", "--samples", "600")]
    [InlineData(typeof(Cifar10Sample.SmallConvMixer), 60, "--epochs", "7", "--samples", "320", "--kinds", "2")]
    [InlineData(typeof(GeneralizationSample.Large), 0, "--samples", "300", "--steps", "1500", "--epochs", "6")]
    [InlineData(typeof(TabularSample.Houses), 14)]
    [InlineData(typeof(ImageFolderSample.ChestNet), 16, "--samples", "700")]
    [InlineData(typeof(TransferSample.FirstNet), 16, "--samples", "8000")]
    [InlineData(typeof(ExplainSample.MapNet), 30, "--epochs", "3", "--samples", "5000")]
    public void It_finds_what_it_looks_for(Type sample, int pictures, params string[] args)
    {
        (int code, string output, string error) = Run(sample, [.. args, "--report", folder["page.html"]]);
        error.ShouldBeEmpty();
        code.ShouldBe(0, output);
        output.ShouldNotContain("\nNO");
        new Page(File.ReadAllText(folder["page.html"])).Images.Length.ShouldBeGreaterThanOrEqualTo(pictures);
    }

    [Fact]
    public void What_is_not_found_is_told_to_the_shell()
    {
        // Seven pictures teach no one.
        (int code, string output, _) = Run(typeof(SegmentationSample.ShapeNet), "--epochs", "1", "--samples", "10", "--report", folder["page.html"]);
        code.ShouldBe(1);
        output.ShouldContain("\nNO ");
        File.ReadAllText(folder["page.html"]).ShouldContain("NO");
    }

    [Theory]
    [InlineData("There is no option --nothing", "--nothing", "1")]
    [InlineData("--data has no value", "--data")]
    [InlineData("a whole number of at least 1 is expected, '0' is given", "--epochs", "0")]
    [InlineData("a whole number of at least 1 is expected, '1e3' is given", "--epochs", "1e3")]
    [InlineData("a whole number from 2 to 10 is expected, 11 is given", "--kinds", "11")]
    [InlineData("does not exist", "--data", "nowhere-at-all")]
    public void Mistakes_are_told_in_a_line(string message, params string[] args)
    {
        (int code, _, string error) = Run(typeof(Cifar10Sample.SmallConvMixer), [.. args, .. args.Length % 2 == 0 ? (string[])["--report", folder["page.html"]] : []]);
        code.ShouldBe(2);
        error.ShouldContain(message);
        error.Trim().Split('\n').Length.ShouldBe(1);
        File.Exists(folder["page.html"]).ShouldBeFalse();
    }

    [Fact]
    public void Help_names_every_option()
    {
        (int code, string output, _) = Run(typeof(SegmentationSample.ShapeNet), "--help");
        code.ShouldBe(0);
        foreach (string option in (string[])["--data PATH", "--report FILE", "--epochs N", "--samples N"])
            output.ShouldContain(option);
    }

    internal static (int Code, string Output, string Error) Run(Type sample, params string[] args)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter written = new(), told = new();
        try
        {
            Console.SetOut(written);
            Console.SetError(told);
            return ((int)sample.Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!, written.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
