using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace NetGen;

/// <content>Samples that are changed at random.</content>
public sealed partial class DataSet
{
    /// <summary>
    /// The same samples for training on changed ones: in <see cref="Batches"/> each goes through these changes, anew in every epoch.
    /// <c>trainer.Fit(train.Augmented(Augment.Crop(padding: 4), Augment.Flip()), epochs: 30)</c>
    /// </summary>
    /// <remarks>
    /// What happens to a sample is fixed by the batches' seed (0 where there is none), the epoch and the sample's number in the set, whatever the size of
    /// batches and the threads. <see cref="Inputs"/>, <see cref="Sample"/> and whatever measures a network, validation sets of <see cref="Trainer.Fit"/> among them, know the samples as they are. It may come before or after
    /// <see cref="Normalize(double, double)"/> and <see cref="Standardize(out Standardization)"/>: black stays black.
    /// </remarks>
    /// <param name="changes">What is done, in this order, after what the set already does.</param>
    /// <exception cref="ArgumentException">A change is null or not for samples of this kind; the message says which and what it is for.</exception>
    public DataSet Augmented(params ImmutableArray<Augment> changes)
    {
        if (changes.IsDefault || changes.Contains(null!))
            throw new ArgumentException("A change is null.", nameof(changes));
        ImmutableArray<Augment> all = [.. Batching.Augmentation, .. changes];
        for (int i = 0; i < changes.Length; i++)
        {
            if (changes[i].Mismatch(this) is { } mismatch)
                throw new ArgumentException($"Change {i} does not go with this data set: {mismatch}.", nameof(changes));
        }
        if (all.Count(change => change is MixupAugment) > 1)
            throw new ArgumentException("Mixup comes twice: a sample is mixed with one other.", nameof(changes));
        return Made(Batching with { Augmentation = all });
    }

    /// <summary>A sample as an image to look at: of three channels in colour, of others the first in grey. What is darker than black or lighter than white is held there.</summary>
    /// <param name="index">The sample's number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The samples are no images.</exception>
    public RgbImage Image(int index) => Image(Sample(index));

    /// <summary>
    /// Writes a PNG to see what the set's augmentation does: a line for each of the first samples, as it is and then as it comes in the first epochs.
    /// </summary>
    /// <param name="path">The file. An existing one stays whole until the new one is.</param>
    /// <param name="samples">Lines, at least 1; no more than there are samples.</param>
    /// <param name="epochs">Changed images in each, at least 1.</param>
    /// <param name="seed">The batches' seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the sheet would have more than 67,108,864 pixels.</exception>
    /// <exception cref="InvalidOperationException">The samples are no images, or there are none.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public void WriteContactSheet(string path, int samples = 8, int epochs = 8, Seed seed = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ImageSize size = ImageSize.Of(InputShape) ?? throw NoImages();
        if (Count == 0)
            throw new InvalidOperationException("The set is empty: there is nothing to see.");
        samples = Math.Min(samples, Count);
        const int Gap = 2;
        long width = (epochs + 1L) * (size.Width + Gap), height = (long)samples * (size.Height + Gap);
        if (width * height > GrayImage.MaxPixels)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, $"{samples} lines of {epochs + 1} images of {InputShape} are {width * height} pixels; {GrayImage.MaxPixels} at most are drawn.");
        var sheet = new ImageSheet(samples, epochs + 1, size.Width, size.Height, Gap);
        var augmenter = new Augmenter(this);
        var values = new float[InputSize];
        var targets = new float[TargetSize];
        for (int sample = 0; sample < samples; sample++)
        {
            sheet.Put(sample, 0, Image(sample));
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                augmenter.Write(sample, BatchPlan.StreamOf(seed.Derive((ulong)epoch), sample), values, targets);
                sheet.Put(sample, epoch + 1, Image(values));
            }
        }
        sheet.Image.WritePng(path);
    }

    internal Batching Batching { get; private init; } = Batching.Plain;

    /// <summary>The samples as they are.</summary>
    internal DataSet Unchanged => Batching.Augmentation.IsEmpty ? this : Made(Batching with { Augmentation = [] });

    internal PixelLevels Levels { get; private init; } = PixelLevels.Unit;

    /// <summary>Values of images on a scale from 0 for black to 1: the least and the greatest.</summary>
    internal (float Least, float Greatest) Range()
    {
        ImageSize size = ImageSize.Of(InputShape) ?? throw NoImages();
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int start = 0, channel = 0; start < Inputs.Length; start += size.Area, channel = (channel + 1) % size.Channels)
        {
            ReadOnlySpan<float> plane = Inputs.Slice(start, size.Area);
            least = Math.Min(least, Levels.ToUnit(TensorPrimitives.Min(plane), channel));
            greatest = Math.Max(greatest, Levels.ToUnit(TensorPrimitives.Max(plane), channel));
        }
        return (least, greatest);
    }

    /// <summary>The same images, of which it is known what black and full light are.</summary>
    internal DataSet WithLevels(PixelLevels levels) => new(this, Count, inputs, labels, targets, weights) { Levels = levels };

    private DataSet Made(Batching batching) => new(this, Count, inputs, labels, targets, weights) { Batching = batching };

    private RgbImage Image(ReadOnlySpan<float> sample)
    {
        ImageSize size = ImageSize.Of(InputShape) ?? throw NoImages();
        var pixels = new byte[3 * size.Area];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = size.Channels == 3 ? i % 3 : 0;
            float unit = Levels.ToUnit(sample[(channel * size.Area) + (i / 3)], channel);
            // Comparisons so that not-a-number is black.
            pixels[i] = (byte)(unit >= 1 ? 255 : unit > 0 ? (255 * unit) + 0.5f : 0);
        }
        return new(size.Width, size.Height, pixels);
    }

    private InvalidOperationException NoImages() => new($"Images are expected, [channels, height, width] or [height, width], and these samples are {InputShape}.");
}
