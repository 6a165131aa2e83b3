namespace NetGen;

/// <summary>
/// A random change of samples that leaves what they show: training batches of <see cref="DataSet.Augmented"/> have each sample changed anew in every epoch.
/// <c>train.Augmented(Augment.Crop(padding: 4), Augment.Flip(), Augment.Brightness(0.2))</c>
/// </summary>
/// <remarks>
/// Images are [channels, height, width] or [height, width]. Moves, turns and the like that follow one another are one affine map, by which the image is
/// sampled once; what comes from outside of it is black. Light and colours are changed on a scale from 0 for black to 1, whatever the set was normalised
/// to, and held within it, as torchvision's ColorJitter does.
/// </remarks>
public abstract record Augment
{
    /// <summary>Changes of this assembly only; <see cref="Custom"/> is for others.</summary>
    private protected Augment()
    {
    }

    /// <summary>Moved by up to a part of its width and height in any direction, between pixels too: torchvision's <c>translate</c>.</summary>
    /// <param name="fraction">The part, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static Augment Shift(double fraction = 0.1) => Geometric(Share(fraction), static (ref random, size, most) =>
        AffineMap.Shift(Symmetric(ref random, most) * size.Width, Symmetric(ref random, most) * size.Height));

    /// <summary>Cut out of the image with so many pixels of black around it, at a random place, at its own size: moved by whole pixels. torchvision's RandomCrop.</summary>
    /// <param name="padding">Pixels, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0, or more than 65,536.</exception>
    public static Augment Crop(int padding)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, 1 << 16);
        return Geometric(padding, static (ref random, _, most) =>
            AffineMap.Shift(random.NextBelow((2 * (int)most) + 1) - (int)most, random.NextBelow((2 * (int)most) + 1) - (int)most));
    }

    /// <summary>Left and right exchanged.</summary>
    /// <param name="probability">How often, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no probability.</exception>
    public static Augment Flip(double probability = 0.5) => Geometric(Share(probability), static (ref random, size, often) =>
        random.NextUnit() < often ? AffineMap.AboutMiddle(-1, 0, 0, 1, size.Width, size.Height) : AffineMap.Identity);

    /// <summary>Top and bottom exchanged.</summary>
    /// <inheritdoc cref="Flip"/>
    public static Augment FlipVertically(double probability = 0.5) => Geometric(Share(probability), static (ref random, size, often) =>
        random.NextUnit() < often ? AffineMap.AboutMiddle(1, 0, 0, -1, size.Width, size.Height) : AffineMap.Identity);

    /// <summary>Turned about its middle, either way.</summary>
    /// <param name="degrees">By up to so many, from 0 to 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 180.</exception>
    public static Augment Rotate(double degrees) => Geometric(Angle(degrees, 180), static (ref random, size, most) =>
        AffineMap.Rotation(Symmetric(ref random, most), size.Width, size.Height));

    /// <summary>Slanted about its middle, either way: rows are moved along.</summary>
    /// <param name="degrees">By up to so many, from 0 to 80.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 80.</exception>
    public static Augment Shear(double degrees) => Geometric(Angle(degrees, 80), static (ref random, size, most) =>
        AffineMap.AboutMiddle(1, double.TanPi(Symmetric(ref random, most) / 180), 0, 1, size.Width, size.Height));

    /// <summary>Made smaller or larger about its middle.</summary>
    /// <param name="smallest">The least factor, above 0: 0.8 makes it up to a fifth smaller.</param>
    /// <param name="largest">The greatest.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not above 0, or the least is above the greatest.</exception>
    public static Augment Scale(double smallest, double largest)
    {
        Check.Positive(smallest);
        Check.Positive(largest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smallest, largest);
        return new GeometricAugment((ref random, size) =>
        {
            double factor = smallest + ((largest - smallest) * random.NextUnit());
            return AffineMap.AboutMiddle(1 / factor, 0, 0, 1 / factor, size.Width, size.Height);
        });
    }

    /// <summary>All light times a factor from 1 - <paramref name="strength"/> to 1 + <paramref name="strength"/>.</summary>
    /// <param name="strength">At least 0; no factor is below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or not finite.</exception>
    public static Augment Brightness(double strength) => Colour(strength, 1, ImageLight.Brighten);

    /// <summary>Every pixel nearer to the mean grey level or farther from it, by a factor from 1 - <paramref name="strength"/> to 1 + <paramref name="strength"/>.</summary>
    /// <inheritdoc cref="Brightness"/>
    public static Augment Contrast(double strength) => Colour(strength, 1, ImageLight.Contrast);

    /// <summary>Every pixel nearer to its own grey level or farther from it, by a factor from 1 - <paramref name="strength"/> to 1 + <paramref name="strength"/>. Of three channels.</summary>
    /// <inheritdoc cref="Brightness"/>
    public static Augment Saturation(double strength) => Colour(strength, 3, ImageLight.Saturate);

    /// <summary>Colours moved round the circle of hues, either way. Of three channels.</summary>
    /// <param name="turns">By up to such a part of the circle, from 0 to 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 0.5.</exception>
    public static Augment Hue(double turns)
    {
        if (!(turns is >= 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(turns), turns, "turns must lie in [0, 0.5].");
        return new LightAugment((float)-turns, (float)turns, 3, ImageLight.TurnHue);
    }

    /// <summary>A normally distributed number added to each value, as the network sees it. Samples of any shape.</summary>
    /// <param name="std">The numbers' standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or not finite.</exception>
    public static Augment Noise(double std) => new NoiseAugment((float)Check.NotNegative(std));

    /// <summary>
    /// A square of black, its middle anywhere in the image, of which a part may lie outside (DeVries and Taylor, "Improved Regularization of Convolutional
    /// Neural Networks with Cutout", 2017).
    /// </summary>
    /// <param name="size">Pixels on a side, at least 1.</param>
    /// <param name="probability">How often, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or no probability.</exception>
    public static Augment Cutout(int size, double probability = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new CutoutAugment(size, (float)Share(probability));
    }

    /// <summary>
    /// λ of the sample and 1 - λ of another of the set, changed by what stands before, and the same of their targets, where λ is from the distribution
    /// Beta(<paramref name="alpha"/>, <paramref name="alpha"/>) (Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018). Samples of any shape, with
    /// targets: <see cref="DataSet.OneHot"/> makes such of classes.
    /// </summary>
    /// <param name="alpha">Above 0: the smaller, the less is mixed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public static Augment Mixup(double alpha = 0.2) => new MixupAugment(Check.Positive(alpha));

    /// <summary>A change of your own, of samples of any shape. It may be called by several threads at once, each with another sample.</summary>
    /// <param name="change">Changes a sample in place.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public static Augment Custom(SampleChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new CustomAugment(change);
    }

    /// <summary>What is wrong with samples of a set for it; null where nothing is.</summary>
    internal virtual string? Mismatch(DataSet data) => null;

    /// <summary>Uniform in [-<paramref name="most"/>, <paramref name="most"/>).</summary>
    private static double Symmetric(ref RandomStream random, double most) => most * ((2.0 * random.NextUnit()) - 1);

    private static GeometricAugment Geometric(double most, DrawWithin draw) => new((ref random, size) => draw(ref random, size, most));

    private static LightAugment Colour(double strength, int channels, LightChange change)
    {
        Check.NotNegative(strength);
        return new((float)Math.Max(0, 1 - strength), (float)(1 + strength), channels, change);
    }

    private static double Share(double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie in [0, 1].");

    private static double Angle(double degrees, double most) =>
        degrees >= 0 && degrees <= most ? degrees : throw new ArgumentOutOfRangeException(nameof(degrees), degrees, $"degrees must lie in [0, {most}].");

    private delegate AffineMap DrawWithin(ref RandomStream random, ImageSize size, double most);
}
