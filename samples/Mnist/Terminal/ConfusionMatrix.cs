using System.Globalization;
using System.Text;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>How often each digit was taken for each: right answers on green, mistakes on red, the more the brighter.</summary>
internal static class ConfusionMatrix
{
    private const int Width = 6;

    public static void Write(IAnsiConsole console, int[,] counts)
    {
        int classes = counts.GetLength(0), mostMistakes = 1;
        foreach ((int digit, int answer, int count) in Cells(counts))
            mostMistakes = digit == answer ? mostMistakes : Math.Max(mostMistakes, count);

        var lines = new StringBuilder();
        lines.AppendLine($"[bold]{"answer".PadLeft(6 + Width)}[/]");
        string answers = string.Concat(Enumerable.Range(0, classes).Select(answer => $"{answer,Width}"));
        lines.AppendLine($"[bold]{"digit",-6}{answers}{"right",9}[/]");
        for (int digit = 0; digit < classes; digit++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"[bold]{digit,5}[/] ");
            int all = 0;
            for (int answer = 0; answer < classes; answer++)
            {
                int count = counts[digit, answer];
                all += count;
                lines.Append(Cell(count, digit == answer, mostMistakes));
            }
            lines.AppendLine(all == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * counts[digit, digit] / all,7:0.0} %"));
        }
        console.Markup(lines.ToString());
    }

    private static string Cell(int count, bool right, int mostMistakes)
    {
        if (count == 0)
            return $"[grey]{"·",Width}[/]";
        int strength = right ? 90 : 70 + 150 * count / mostMistakes;
        string ground = right ? $"rgb(0,{strength},40)" : $"rgb({strength},30,30)";
        return string.Create(CultureInfo.InvariantCulture, $"[white on {ground}]{count,Width}[/]");
    }

    private static IEnumerable<(int Digit, int Answer, int Count)> Cells(int[,] counts) =>
        from digit in Enumerable.Range(0, counts.GetLength(0))
        from answer in Enumerable.Range(0, counts.GetLength(1))
        select (digit, answer, counts[digit, answer]);
}
