using System.Collections.Immutable;

namespace NetGen.Reports;

/// <summary>How often a class was taken for another.</summary>
/// <param name="Counts">[class, answer].</param>
/// <param name="Names">Of the classes.</param>
internal sealed record ConfusionPart(int[,] Counts, ImmutableArray<string> Names) : ReportPart
{
    private const string Caption = "Confusion matrix: a line for each class, a column for each answer; the darker, the greater its share of the line.";

    public override void Write(HtmlWriter html)
    {
        html.Text("p", Caption, ("class", "soft"));
        using var wide = html.OpenWide("Confusion matrix");
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Text("th", "", ("scope", "col"));
            foreach (string name in Names)
                html.Text("th", name, ("scope", "col"), ("class", "number"));
        }
        using (html.Open("tbody"))
        {
            for (int label = 0; label < Names.Length; label++)
                WriteLine(html, label);
        }
    }

    private void WriteLine(HtmlWriter html, int label)
    {
        long sum = Enumerable.Range(0, Names.Length).Sum(answer => (long)Counts[label, answer]);
        using var line = html.Open("tr");
        html.Text("th", Names[label], ("scope", "row"));
        for (int answer = 0; answer < Names.Length; answer++)
        {
            int count = Counts[label, answer];
            html.Text("td", count == 0 ? "·" : HtmlWriter.Number(count),
                ("class", answer == label ? "share right" : "share"), ("style", $"--share:{HtmlWriter.Number(sum > 0 ? (double)count / sum : 0)}"));
        }
    }
}
