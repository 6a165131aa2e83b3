using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>
/// Draws digits in the terminal, two rows of pixels to a line: half blocks in grey where there are colours, letters of growing weight where
/// there are none.
/// </summary>
internal static class DigitPicture
{
    private const string Ramp = " .:-=+*#%@";
    private const int Gap = 2;

    /// <summary>How many pictures stand side by side.</summary>
    public static int PerRow(IAnsiConsole console) => Math.Max(1, (console.DrawingWidth() + Gap) / (Picture.Side + Gap));

    /// <summary>Draws pictures side by side, a line of text over each.</summary>
    public static void Write(IAnsiConsole console, ImmutableArray<(string Title, Picture Picture)> pictures)
    {
        Func<float, float, string> cell = console.HasColors() ? HalfBlock : Letter;
        string gap = new(' ', Gap);
        string titles = string.Join(gap, pictures.Select(each => each.Title.PadRight(Picture.Side))).TrimEnd();
        console.MarkupLine($"[bold]{Markup.Escape(titles)}[/]");
        for (int y = 0; y < Picture.Side; y += 2)
        {
            console.MarkupLine(string.Join(gap, pictures.Select(each =>
                string.Concat(Enumerable.Range(0, Picture.Side).Select(x => cell(each.Picture[x, y], each.Picture[x, y + 1]))))).TrimEnd());
        }
    }

    private static string HalfBlock(float upper, float lower) => $"[{Gray(upper)} on {Gray(lower)}]▀[/]";

    private static string Gray(float level)
    {
        int value = (int)MathF.Round(255 * level);
        return string.Create(CultureInfo.InvariantCulture, $"rgb({value},{value},{value})");
    }

    private static string Letter(float upper, float lower) => Ramp[(int)MathF.Round((Ramp.Length - 1) * (upper + lower) / 2)].ToString();
}
