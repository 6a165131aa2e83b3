using System.Globalization;
using System.Text;

namespace NetGen.Reports;

/// <summary>Writes elements of a page that is also XML. What is said, in texts and attributes, is escaped; tags are the library's own.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder page = new();
    private readonly Stack<string> open = new();

    /// <summary>What was written.</summary>
    public override string ToString() => open.Count == 0 ? page.ToString() : throw new InvalidOperationException($"<{open.Peek()}> is open.");

    /// <summary>Opens an element, which is closed when what is returned is disposed.</summary>
    public Element Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        WriteTag(tag, attributes, ">");
        open.Push(tag);
        return new(this);
    }

    /// <summary>An element without content.</summary>
    public void Empty(string tag, params ReadOnlySpan<(string Name, string Value)> attributes) => WriteTag(tag, attributes, " />");

    /// <summary>An element that holds a text.</summary>
    public void Text(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using Element element = Open(tag, attributes);
        Say(text);
    }

    /// <summary>A text.</summary>
    public void Say(string text) => page.Append(Escaped(text));

    /// <summary>The library's own text, as it is.</summary>
    public void Raw(string text) => page.Append(text);

    /// <summary>Whole numbers and such as others read them, whatever the machine's culture.</summary>
    public static string Number(double value, string format = "0.####") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>
    /// Characters that mean something to a browser become references, and those that XML does not have, and halves of pairs, the replacement character.
    /// Directions of writing are taken out: a name must not turn round what stands beside it.
    /// </summary>
    internal static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                (< ' ' and not ('\t' or '\n')) or (>= 0x7F and < 0xA0) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }

    private void WriteTag(string tag, ReadOnlySpan<(string Name, string Value)> attributes, string end)
    {
        page.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
            page.Append(' ').Append(name).Append("=\"").Append(Escaped(value)).Append('"');
        page.Append(end);
    }

    private void Close() => page.Append("</").Append(open.Pop()).Append(">\n");

    /// <summary>An open element.</summary>
    public readonly ref struct Element(HtmlWriter writer)
    {
        private readonly HtmlWriter writer = writer;

        /// <summary>Closes it.</summary>
        public void Dispose() => writer.Close();
    }
}
