using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// What comes out of files, as messages show it: short, and without characters that would move a terminal's cursor or turn the text around.
/// </summary>
internal static class Shown
{
    private const int LongestText = 120, LongestMessage = 300, MostExtents = 8, MostNames = 3;

    /// <summary>A name or a word.</summary>
    public static string Text(string text) => Text(text, LongestText);

    /// <summary>What another library says of a file, which may quote from it.</summary>
    public static string Message(string message) => Text(message, LongestMessage);

    /// <summary>A shape as PyTorch prints it, but for what is beyond any use.</summary>
    public static string Shape(ImmutableArray<long> extents) => extents.Length <= MostExtents
        ? $"[{string.Join(", ", extents)}]"
        : $"[{string.Join(", ", extents.Take(MostExtents))}, …] of {extents.Length} dimensions";

    /// <summary>The first names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names, int most = MostNames)
    {
        string list = string.Join(", ", names.Take(most).Select(name => $"'{Text(name)}'"));
        return names.Count <= most ? list : $"{list} and {names.Count - most} more";
    }

    private static string Text(string text, int longest)
    {
        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
                return shown.Append('…').ToString();
            if (IsPlain(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        return shown.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
