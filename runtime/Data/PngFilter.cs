namespace NetGen;

/// <summary>The five ways in which a line of a PNG is told by its neighbours (PNG specification, 9.2).</summary>
internal static class PngFilter
{
    /// <summary>Turns the differences that a line holds into its bytes.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="filter">0 to 4.</param>
    /// <param name="line">The line, without its filter byte.</param>
    /// <param name="above">The finished line above; zeros for the first.</param>
    /// <param name="step">Bytes from a pixel to the next, at least 1.</param>
    public static void Undo(string name, byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < line.Length; i++)
                    line[i] += line[i - step];
                break;
            case 2:
                for (int i = 0; i < line.Length; i++)
                    line[i] += above[i];
                break;
            case 3:
                for (int i = 0; i < line.Length; i++)
                    line[i] += (byte)(((i < step ? 0 : line[i - step]) + above[i]) / 2);
                break;
            case 4:
                for (int i = 0; i < line.Length; i++)
                    line[i] += i < step ? above[i] : Paeth(line[i - step], above[i], above[i - step]);
                break;
            default:
                throw new DataFormatException(name, $"a line has filter {filter}; 0..4 are known");
        }
    }

    /// <summary>Of left, above and the pixel left of that above, the one nearest to left + above - corner; ties in that order.</summary>
    private static byte Paeth(byte left, byte above, byte corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
