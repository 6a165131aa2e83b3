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
        // As if ink were light: what is dark in the middle is turned round.
        if (IsDarkInside(image))
            levels = [.. levels.Select(level => 255 - level)];
        int reach = Math.Max(image.Width, image.Height) / 6;
        int[] paper = Spread(Spread(levels, image, reach, Math.Min), image, reach, Math.Max);
        int[] ink = [.. levels.Zip(paper, (level, ground) => level - ground)];
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
    /// Whether the inside lies below a level that goes evenly from border to border, more than above it: the cube lets ink, which is far from it,
    /// outweigh the light.
    /// </summary>
    private static bool IsDarkInside(GrayImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        double sum = 0;
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                double across = (double)x / (image.Width - 1), down = (double)y / (image.Height - 1);
                double sides = ((1 - across) * pixels[y * image.Width]) + (across * pixels[((y + 1) * image.Width) - 1]);
                double ends = ((1 - down) * pixels[x]) + (down * pixels[((image.Height - 1) * image.Width) + x]);
                sum += Math.Pow(pixels[(y * image.Width) + x] - ((sides + ends) / 2), 3);
            }
        }
        return sum < 0;
    }

    /// <summary>The least or the greatest level of the square around each pixel.</summary>
    private static int[] Spread(int[] levels, GrayImage image, int reach, Func<int, int, int> choose)
    {
        int[] rows = new int[levels.Length], square = new int[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            int x = i % image.Width, first = Math.Max(0, x - reach), last = Math.Min(image.Width - 1, x + reach);
            rows[i] = levels[(i - x + first)..(i - x + last + 1)].Aggregate(choose);
        }
        for (int i = 0; i < levels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, image.Width);
            int first = Math.Max(0, y - reach), last = Math.Min(image.Height - 1, y + reach), chosen = rows[(first * image.Width) + x];
            for (int row = first + 1; row <= last; row++)
                chosen = choose(chosen, rows[(row * image.Width) + x]);
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
