using System.Globalization;
using System.Text;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>How often each digit was taken for each: right answers on green, mistakes on red, the more the brighter.</summary>
internal static class ConfusionMatrix
{
    public static void Write(IAnsiConsole console, int[,] counts)
    {
        int classes = counts.GetLength(0), mostMistakes = 1;
        foreach ((int digit, int answer, int count) in Cells(counts))
            mostMistakes = digit == answer ? mostMistakes : Math.Max(mostMistakes, count);

        // As narrow as the counts allow: ten columns of MNIST's, which reach four figures, fit a narrow terminal.
        int width = 1 + Math.Max(3, Cells(counts).Max(cell => cell.Count).ToString(CultureInfo.InvariantCulture).Length);
        var lines = new StringBuilder();
        lines.AppendLine("[bold]digit taken for[/]");
        string answers = string.Concat(Enumerable.Range(0, classes).Select(answer => answer.ToString(CultureInfo.InvariantCulture).PadLeft(width)));
        lines.AppendLine($"[bold]{"",2}{answers}{"right",8}[/]");
        for (int digit = 0; digit < classes; digit++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"[bold]{digit}[/] ");
            int all = 0;
            for (int answer = 0; answer < classes; answer++)
            {
                int count = counts[digit, answer];
                all += count;
                lines.Append(Cell(count, digit == answer, mostMistakes, width));
            }
            lines.AppendLine(all == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * counts[digit, digit] / all,6:0.0} %"));
        }
        console.Markup(lines.ToString());
    }

    private static string Cell(int count, bool right, int mostMistakes, int width)
    {
        if (count == 0)
            return $"[grey]{"·".PadLeft(width)}[/]";
        int strength = right ? 90 : 70 + 150 * count / mostMistakes;
        string ground = right ? $"rgb(0,{strength},40)" : $"rgb({strength},30,30)";
        return $"[white on {ground}]{count.ToString(CultureInfo.InvariantCulture).PadLeft(width)}[/]";
    }

    private static IEnumerable<(int Digit, int Answer, int Count)> Cells(int[,] counts) =>
        from digit in Enumerable.Range(0, counts.GetLength(0))
        from answer in Enumerable.Range(0, counts.GetLength(1))
        select (digit, answer, counts[digit, answer]);
}
