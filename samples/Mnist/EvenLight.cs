using NetGen;

namespace MnistSample;

/// <summary>
/// Turns a photograph of a digit into white ink on black, whatever the light: a lamp on one side and the shadow of a hand are wider than a stroke.
/// The paper is what is left when everything narrower than a third of the image is filled in (a morphological closing; for light ink an opening);
/// ink is what differs from it by more than Otsu's threshold (1979), in pieces that are no specks.
/// </summary>
internal static class EvenLight
{
    /// <summary>Longest side that is looked at: strokes are many pixels wide still.</summary>
    private const int Side = 160;

    /// <summary>Images up to this side were not taken by a camera, and stay as they are.</summary>
    private const int SmallestPhotograph = 64;

    /// <summary>Levels by which ink differs from paper at least.</summary>
    private const int LeastContrast = 25;

    /// <summary>The digit in white on black.</summary>
    /// <exception cref="ArgumentException">Nothing stands out from the paper.</exception>
    public static GrayImage Of(GrayImage photograph)
    {
        if (Math.Min(photograph.Width, photograph.Height) <= SmallestPhotograph)
            return photograph;
        GrayImage image = Shrink(photograph);
        int[] levels = [.. image.Pixels.ToArray().Select(level => (int)level)];
        int reach = Math.Max(image.Width, image.Height) / 6;
        // From here on as if ink were light.
        if (IsInkDark(image, reach))
            levels = [.. levels.Select(level => 255 - level)];
        int[] ink = [.. levels.Zip(Paper(levels, image.Width, image.Height, reach), (level, ground) => level - ground)];
        int threshold = Math.Max(Otsu(ink), LeastContrast);
        bool[] isInk = [.. ink.Select(strength => strength >= threshold)];
        DropSpecks(isInk, image);
        return isInk.Contains(true)
            ? new GrayImage(image.Width, image.Height, [.. isInk.Select(each => each ? (byte)255 : (byte)0)])
            : throw new ArgumentException($"The image of {photograph.Width}×{photograph.Height} shows no digit: nothing stands out from its ground.");
    }

    private static GrayImage Shrink(GrayImage image)
    {
        int block = (Math.Max(image.Width, image.Height) + Side - 1) / Side, width = image.Width / block, height = image.Height / block;
        var pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int sum = 0, left = i % width * block, top = i / width * block;
            for (int y = top; y < top + block; y++)
            {
                foreach (byte level in image.Pixels.Slice((y * image.Width) + left, block))
                    sum += level;
            }
            pixels[i] = (byte)(sum / (block * block));
        }
        return new(width, height, pixels);
    }

    /// <summary>
    /// Whether what stands out is dark: it is less than half of what surrounds it, so the median there is the paper's level, in whatever light. The
    /// cube lets ink, which is far from it, outweigh grain.
    /// </summary>
    private static bool IsInkDark(GrayImage image, int reach)
    {
        const int Step = 3;
        ReadOnlySpan<byte> pixels = image.Pixels;
        var around = new List<byte>();
        double sum = 0;
        for (int y = 0; y < image.Height; y += Step)
        {
            for (int x = 0; x < image.Width; x += Step)
            {
                around.Clear();
                for (int j = Math.Max(0, y - reach); j <= Math.Min(image.Height - 1, y + reach); j += Step)
                {
                    for (int i = Math.Max(0, x - reach); i <= Math.Min(image.Width - 1, x + reach); i += Step)
                        around.Add(pixels[(j * image.Width) + i]);
                }
                around.Sort();
                sum += Math.Pow(pixels[(y * image.Width) + x] - around[around.Count / 2], 3);
            }
        }
        return sum < 0;
    }

    /// <summary>What is left where everything light and narrower than twice the reach is taken away.</summary>
    private static int[] Paper(int[] levels, int width, int height, int reach)
    {
        // Beyond its borders the image goes on as it ends, or light that falls from a side would end there.
        int margin = 2 * reach, columns = width + (2 * margin), rows = height + (2 * margin);
        var wide = new int[columns * rows];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < columns; x++)
                wide[((y + margin) * columns) + x] = Continued(levels.AsSpan(y * width, width), x - margin);
        }
        for (int x = 0; x < columns; x++)
        {
            int[] column = [.. Enumerable.Range(margin, height).Select(y => wide[(y * columns) + x])];
            for (int y = 0; y < rows; y++)
                wide[(y * columns) + x] = Continued(column, y - margin);
        }
        int[] opened = Spread(Spread(wide, columns, rows, reach, Math.Min), columns, rows, reach, Math.Max);
        var paper = new int[levels.Length];
        for (int i = 0; i < paper.Length; i++)
            paper[i] = opened[((margin + (i / width)) * columns) + margin + (i % width)];
        return paper;
    }

    /// <summary>A line's level at a place that may lie before or after it: mirrored at its end in place and in level.</summary>
    private static int Continued(ReadOnlySpan<int> line, int place)
    {
        if (place >= 0 && place < line.Length)
            return line[place];
        int end = place < 0 ? 0 : line.Length - 1;
        return (2 * line[end]) - line[Math.Clamp((2 * end) - place, 0, line.Length - 1)];
    }

    /// <summary>The least or the greatest level of the square around each pixel.</summary>
    private static int[] Spread(int[] levels, int width, int height, int reach, Func<int, int, int> choose)
    {
        int[] rows = new int[levels.Length], square = new int[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            int x = i % width, chosen = levels[i];
            for (int at = Math.Max(0, x - reach); at <= Math.Min(width - 1, x + reach); at++)
                chosen = choose(chosen, levels[i - x + at]);
            rows[i] = chosen;
        }
        for (int i = 0; i < levels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            int chosen = rows[i];
            for (int at = Math.Max(0, y - reach); at <= Math.Min(height - 1, y + reach); at++)
                chosen = choose(chosen, rows[(at * width) + x]);
            square[i] = chosen;
        }
        return square;
    }

    /// <summary>The level that parts the values into the two groups that lie farthest apart, measured by the variance between them.</summary>
    private static int Otsu(int[] values)
    {
        var counts = new int[256];
        foreach (int value in values)
            counts[Math.Clamp(value, 0, 255)]++;
        double total = values.Sum(value => (double)Math.Clamp(value, 0, 255)), below = 0, best = -1;
        int countBelow = 0, threshold = 0;
        for (int level = 0; level < 255; level++)
        {
            countBelow += counts[level];
            below += (double)level * counts[level];
            int countAbove = values.Length - countBelow;
            if (countBelow == 0 || countAbove == 0)
                continue;
            double apart = (below / countBelow) - ((total - below) / countAbove), between = (double)countBelow * countAbove * apart * apart;
            if (between > best)
                (best, threshold) = (between, level + 1);
        }
        return threshold;
    }

    /// <summary>Leaves pieces of at least a tenth of the largest: a digit has few, a five's upper stroke among them.</summary>
    private static void DropSpecks(bool[] isInk, GrayImage image)
    {
        var pieces = new List<List<int>>();
        var seen = new bool[isInk.Length];
        for (int start = 0; start < isInk.Length; start++)
        {
            if (!isInk[start] || seen[start])
                continue;
            var piece = new List<int> { start };
            seen[start] = true;
            for (int next = 0; next < piece.Count; next++)
            {
                (int y, int x) = Math.DivRem(piece[next], image.Width);
                for (int j = Math.Max(0, y - 1); j <= Math.Min(image.Height - 1, y + 1); j++)
                {
                    for (int i = Math.Max(0, x - 1); i <= Math.Min(image.Width - 1, x + 1); i++)
                    {
                        int at = (j * image.Width) + i;
                        if (isInk[at] && !seen[at])
                        {
                            seen[at] = true;
                            piece.Add(at);
                        }
                    }
                }
            }
            pieces.Add(piece);
        }
        foreach (int at in pieces.Where(piece => 10 * piece.Count < pieces.Max(each => each.Count)).SelectMany(piece => piece))
            isInk[at] = false;
    }
}
