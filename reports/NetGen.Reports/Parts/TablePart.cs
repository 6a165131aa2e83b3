using System.Collections.Immutable;
using System.Globalization;

namespace NetGen.Reports;

/// <summary>A table. Columns of which all cells are numbers stand on the right.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">As many cells in each.</param>
internal sealed record TablePart(string Caption, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows) : ReportPart
{
    public override void Write(HtmlWriter html)
    {
        bool[] areNumbers = [.. Columns.Select((_, column) => Rows.Length > 0 && Rows.All(row => IsNumber(row[column])))];
        html.Text("p", Caption, ("class", "soft"));
        using var wide = html.OpenWide(Caption);
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            for (int column = 0; column < Columns.Length; column++)
                html.Text("th", Columns[column], areNumbers[column] ? [("scope", "col"), ("class", "number")] : [("scope", "col")]);
        }
        using (html.Open("tbody"))
        {
            foreach (ImmutableArray<string> row in Rows)
            {
                using var line = html.Open("tr");
                for (int column = 0; column < row.Length; column++)
                    html.Text("td", row[column], areNumbers[column] ? [("class", "number")] : []);
            }
        }
    }

    /// <summary>A number, with a unit perhaps: "12,345", "99.1 %", "3 ms"; or nothing.</summary>
    private static bool IsNumber(string cell)
    {
        string first = cell.Split(' ', 2)[0];
        return cell is "" or "–" || (first.TrimEnd('%') is { Length: > 0 } digits && double.TryParse(digits, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _));
    }
}
