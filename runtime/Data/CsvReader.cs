using System.Text;

namespace NetGen;

/// <summary>
/// Takes a CSV file apart into fields as RFC 4180 says: fields in double quotes may hold delimiters, ends of lines and doubled quotes. Lines may
/// end with CR LF, LF or CR. A quote within a field that does not begin with one stands for itself. Empty lines are passed over.
/// </summary>
/// <param name="path">The file's name, for messages.</param>
/// <param name="stream">Its bytes, UTF-8 with or without a byte order mark; read once, from here to the end.</param>
/// <param name="delimiter">What stands between two fields.</param>
internal sealed class CsvReader(string path, Stream stream, byte delimiter)
{
    private const int EndOfFile = -1;
    private const byte Quote = (byte)'"', CarriageReturn = (byte)'\r', LineFeed = (byte)'\n';

    private readonly byte[] buffer = new byte[1 << 16];
    private byte[] bytes = new byte[256];
    private int position, filled, length;
    private long line = 1;

    /// <summary>The bytes of the field that was read last; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Field => bytes.AsSpan(0, length);

    /// <summary>The line, from 1, in which that field begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Whether that field is the last of its row.</summary>
    public bool EndsRow { get; private set; }

    /// <summary>Goes to the next row that is not an empty line; false at the end of the file.</summary>
    public bool BeginRow()
    {
        if (line == 1 && filled == 0)
            PassByteOrderMark();
        while (Peek() is CarriageReturn or LineFeed)
            EndLine();
        return Peek() != EndOfFile;
    }

    /// <summary>Reads the next field of the row.</summary>
    /// <exception cref="DataFormatException">Its quotes do not match.</exception>
    public void ReadField()
    {
        Line = line;
        length = 0;
        if (Peek() == Quote)
            ReadQuoted();
        else
            ReadPlain();
        int next = Peek();
        EndsRow = next != delimiter;
        if (next is CarriageReturn or LineFeed)
            EndLine();
        else if (next == delimiter)
            position++;
    }

    private void PassByteOrderMark()
    {
        Peek();
        ReadOnlySpan<byte> start = buffer.AsSpan(0, filled);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new DataFormatException(path, "line 1: it is text in UTF-16; UTF-8 is expected");
        if (start is [0xEF, 0xBB, 0xBF, ..])
            position = 3;
    }

    private void ReadPlain()
    {
        while (Peek() != EndOfFile)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(position, filled - position);
            int end = rest.IndexOfAny(delimiter, CarriageReturn, LineFeed);
            Append(end < 0 ? rest : rest[..end]);
            position += end < 0 ? rest.Length : end;
            if (end >= 0)
                return;
        }
    }

    private void ReadQuoted()
    {
        position++;
        while (true)
        {
            if (Peek() == EndOfFile)
                throw new DataFormatException(path, $"line {Line}: the quote that opens a field here is never closed");
            ReadOnlySpan<byte> rest = buffer.AsSpan(position, filled - position);
            int end = rest.IndexOfAny(Quote, CarriageReturn, LineFeed);
            Append(end < 0 ? rest : rest[..end]);
            position += end < 0 ? rest.Length : end;
            if (end < 0)
                continue;
            if (buffer[position] != Quote)
            {
                AppendLineEnd();
                continue;
            }
            position++;
            if (Peek() != Quote)
                break;
            Append("\""u8);
            position++;
        }
        int next = Peek();
        if (next != EndOfFile && next != delimiter && next is not (CarriageReturn or LineFeed))
        {
            throw new DataFormatException(path,
                $"line {line}: after a closing quote '{(char)delimiter}' or the end of the line is expected, {Describe([(byte)next])} is given; a quote in a quoted field is written twice");
        }
    }

    /// <summary>An end of a line within quotes belongs to the field, as it is written.</summary>
    private void AppendLineEnd()
    {
        if (Peek() == CarriageReturn)
        {
            Append("\r"u8);
            position++;
            if (Peek() != LineFeed)
            {
                line++;
                return;
            }
        }
        Append("\n"u8);
        position++;
        line++;
    }

    private void EndLine()
    {
        if (buffer[position++] == CarriageReturn && Peek() == LineFeed)
            position++;
        line++;
    }

    /// <summary>The next byte, which stays the next, or <see cref="EndOfFile"/>.</summary>
    private int Peek()
    {
        if (position < filled)
            return buffer[position];
        position = 0;
        // A byte order mark must not be torn.
        filled = stream.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        return filled == 0 ? EndOfFile : buffer[0];
    }

    private void Append(ReadOnlySpan<byte> more)
    {
        if (more.Length > Array.MaxLength - length)
            throw new DataFormatException(path, $"line {Line}: a field has more than {Array.MaxLength} bytes");
        if (length + more.Length > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * bytes.Length, length + more.Length)));
        more.CopyTo(bytes.AsSpan(length));
        length += more.Length;
    }

    /// <summary>A field as messages show it: at most so many characters, and none that would upset a terminal.</summary>
    public static string Describe(ReadOnlySpan<byte> field)
    {
        const int Most = 40;
        string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 4 * Most)]);
        string shown = string.Concat(text.Take(Most).Select(character => char.IsControl(character) ? '\uFFFD' : character));
        return text.Length > Most ? $"'{shown}…'" : $"'{shown}'";
    }
}
