using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Generator.Text;

/// <summary>
/// Writes C# with indentation, the same bytes on every machine: invariant culture, LF. Text may hold several lines (a raw string
/// template); each is indented, and a hole that holds several lines keeps the indentation of the line it stands in.
/// </summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes lines.</summary>
    public SourceWriter Line(string lines)
    {
        var start = 0;
        while (true)
        {
            int end = lines.IndexOf('\n', start);
            int next = end < 0 ? lines.Length : end;
            Append(lines, start, next);
            if (end < 0)
                return this;
            start = end + 1;
        }
    }

    /// <summary>Writes the lines that another writer has written, each ended.</summary>
    public SourceWriter Lines(string written)
    {
        int end;
        for (var start = 0; start < written.Length; start = end + 1)
        {
            end = written.IndexOf('\n', start);
            Append(written, start, end);
        }
        return this;
    }

    /// <summary>Writes one line, without blanks at its end.</summary>
    private void Append(string lines, int start, int end)
    {
        while (end > start && (lines[end - 1] == ' ' || lines[end - 1] == '\r'))
            end--;
        if (end > start)
            text.Append(' ', depth * IndentSize).Append(lines, start, end - start);
        text.Append('\n');
    }

    /// <summary>Writes lines with holes.</summary>
    public SourceWriter Line(InvariantText lines) => Line(lines.ToString());

    /// <summary>Writes an empty line.</summary>
    public SourceWriter Line()
    {
        text.Append('\n');
        return this;
    }

    /// <summary>Writes a header and an opening brace; disposing the result writes the closing one.</summary>
    public Block Open(string header)
    {
        Line(header).Line("{");
        depth++;
        return new Block(this, "}");
    }

    /// <summary>The same, the header with holes.</summary>
    public Block Open(InvariantText header) => Open(header.ToString());

    /// <summary>Indents what follows until the result is disposed.</summary>
    public Block Indent()
    {
        depth++;
        return new Block(this, null);
    }

    public override string ToString() => text.ToString();

    /// <summary>An open block.</summary>
    public readonly struct Block(SourceWriter writer, string? closing) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            if (closing is not null)
                writer.Line(closing);
        }
    }
}

/// <summary>An interpolated string in invariant culture whose holes may hold several lines.</summary>
[InterpolatedStringHandler]
internal readonly struct InvariantText(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 8));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        string hole = value is IFormattable formattable
            ? formattable.ToString(format, CultureInfo.InvariantCulture)
            : value?.ToString() ?? "";
        text.Append(hole.Contains("\n") ? hole.Replace("\n", "\n" + LeadingSpaces()) : hole);
    }

    public override string ToString() => text.ToString();

    /// <summary>The blanks that the line being written begins with.</summary>
    private string LeadingSpaces()
    {
        int start = text.Length;
        while (start > 0 && text[start - 1] != '\n')
            start--;
        int end = start;
        while (end < text.Length && text[end] == ' ')
            end++;
        return text.ToString(start, end - start);
    }
}
