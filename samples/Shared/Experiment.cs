using System.Globalization;
using NetGen.Reports;

namespace SamplesShared;

/// <summary>
/// What an experiment's program is around what it does: it reads the options, says what was found in one table, writes a report, and tells the shell whether
/// all of it was found.
/// </summary>
public sealed class Experiment
{
    private readonly Dictionary<string, string> given = [];
    private readonly List<Finding> findings = [];

    private Experiment(ExperimentInfo info) => (Info, Report) = (info, new Report(info.Title));

    /// <summary>What the experiment is.</summary>
    public ExperimentInfo Info { get; }

    /// <summary>The page that is written at the end.</summary>
    public Report Report { get; }

    /// <summary>Real data, by <see cref="ExperimentInfo.DataOption"/>; null: what the program has or draws itself.</summary>
    public string? Data => given.GetValueOrDefault(Info.DataOption);

    /// <summary>Where the page goes. What else an experiment leaves behind lies beside it.</summary>
    public string ReportFile => given.GetValueOrDefault("--report") ?? $"{Info.Name}.html";

    /// <summary>Runs an experiment.</summary>
    /// <param name="info">What it is.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="body">What it does.</param>
    /// <returns>For the shell: 0 where all was found, 1 where something was not, 2 where the arguments or a file are wrong.</returns>
    public static int Run(ExperimentInfo info, string[] args, Action<Experiment> body)
    {
        var experiment = new Experiment(info);
        if (args.Contains("--help"))
        {
            Console.Out.Write(info.Help);
            return 0;
        }
        try
        {
            experiment.Read(args);
            body(experiment);
            return experiment.End();
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or UnauthorizedAccessException or NetGen.DataFormatException)
        {
            Console.Error.WriteLine(fault.Message);
            return 2;
        }
    }

    /// <summary>A whole number that an option of the experiment's may give, at least 1.</summary>
    public int Number(string option)
    {
        int usual = Info.Options.Single(each => each.Name == option).Usual;
        if (!given.TryGetValue(option, out string? text))
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
            ? number
            : throw new ArgumentException($"{option}: a whole number of at least 1 is expected, '{text}' is given.");
    }

    /// <summary>Says something while it goes on.</summary>
    public static void Say(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Something that was looked for.</summary>
    /// <param name="what">What.</param>
    /// <param name="measured">What came out.</param>
    /// <param name="expected">What should.</param>
    /// <param name="isFound">Whether it did.</param>
    public void Find(string what, FormattableString measured, FormattableString expected, bool isFound) =>
        findings.Add(new(what, measured.ToString(CultureInfo.InvariantCulture), expected.ToString(CultureInfo.InvariantCulture), isFound));

    private void Read(string[] args)
    {
        string[] known = [Info.DataOption, "--report", .. Info.Options.Select(option => option.Name)];
        for (int i = 0; i < args.Length; i += 2)
        {
            if (!known.Contains(args[i]) || i + 1 == args.Length)
                throw new ArgumentException($"{(known.Contains(args[i]) ? $"{args[i]} has no value" : $"There is no option {args[i]}")}; --help lists the options.");
            given[args[i]] = args[i + 1];
        }
    }

    private int End()
    {
        string[] columns = ["found", "what", "measured", "expected"];
        string[][] rows = [.. findings.Select(finding => new[] { finding.IsFound ? "yes" : "NO", finding.What, finding.Measured, finding.Expected })];
        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max())];
        Console.Out.WriteLine();
        foreach (string[] row in (string[][])[columns, .. rows])
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        Report.Heading("Findings").Table("What was looked for", columns, rows);
        Report.Save(ReportFile);
        Console.Out.WriteLine($"\nPictures: {ReportFile}");
        return findings.TrueForAll(finding => finding.IsFound) ? 0 : 1;
    }

    private sealed record Finding(string What, string Measured, string Expected, bool IsFound);
}
