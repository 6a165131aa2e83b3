namespace NetGen;

/// <summary>The part of an image that is seen, in its pixels; it need not begin or end between two.</summary>
/// <param name="Left">Pixels to its left.</param>
/// <param name="Top">Rows above it.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct ImageRegion(double Left, double Top, double Width, double Height)
{
    /// <summary>What is brought to another size.</summary>
    /// <param name="from">Width and height of the image.</param>
    /// <param name="to">Width and height to bring it to.</param>
    /// <param name="fit">What becomes of other proportions.</param>
    public static ImageRegion Fit((int Width, int Height) from, (int Width, int Height) to, ImageFit fit)
    {
        (double across, double down) = (from.Width, from.Height);
        if (fit == ImageFit.Crop)
        {
            double scale = Math.Min(across / to.Width, down / to.Height);
            (across, down) = (scale * to.Width, scale * to.Height);
        }
        return new((from.Width - across) / 2, (from.Height - down) / 2, across, down);
    }

    /// <summary>
    /// What torchvision's Resize and CenterCrop leave: the image is scaled until its shorter side has so many pixels, the longer one rounded down, and of that
    /// the middle is cut out, from a whole pixel on.
    /// </summary>
    /// <param name="from">Width and height of the image.</param>
    /// <param name="to">Width and height of the middle.</param>
    /// <param name="shorterSide">Pixels of the shorter side.</param>
    public static ImageRegion Middle((int Width, int Height) from, (int Width, int Height) to, int shorterSide)
    {
        int shorter = Math.Min(from.Width, from.Height);
        (double left, double across) = Side(from.Width, to.Width);
        (double top, double down) = Side(from.Height, to.Height);
        return new(left, top, across, down);

        (double Start, double Length) Side(int size, int target)
        {
            var scaled = (int)((long)size * shorterSide / shorter);
            double ratio = (double)size / scaled;
            return (Math.Round((scaled - target) / 2.0) * ratio, target * ratio);
        }
    }
}
