using System.Collections.Immutable;

namespace NetGen;

/// <summary>Augments samples of a set, one at a time, in memory of its own.</summary>
internal sealed class Augmenter
{
    private readonly DataSet data;
    private readonly ImmutableArray<Augment> steps;
    private readonly AffineSampler? sampler;
    private readonly float[] spare;
    private readonly StreamRandom random = new();
    private float[] other = [];

    public Augmenter(DataSet data)
    {
        this.data = data;
        steps = data.Batching.Augmentation;
        Size = ImageSize.Of(data.InputShape) ?? new(1, 1, data.InputSize);
        sampler = steps.Any(step => step is GeometricAugment) ? new(Size.Channels, Size.Height, Size.Width) : null;
        spare = new float[data.InputSize];
    }

    /// <summary>What samples are as images; of others, one row.</summary>
    public ImageSize Size { get; }

    /// <summary>The samples' shape.</summary>
    public Shape Shape => data.InputShape;

    /// <summary>Writes a sample as the stream would have it.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="stream">Decides all that is random.</param>
    /// <param name="values">Where its values go.</param>
    /// <param name="targets">Its targets, changed where it is mixed with another.</param>
    public void Write(int sample, RandomStream stream, Span<float> values, Span<float> targets) => Write(sample, ref stream, steps.Length, values, targets);

    /// <summary>Memory for a change, as much as a sample has.</summary>
    public Span<float> Spare(int count) => spare.AsSpan(0, count);

    /// <summary>Another sample, changed by the first steps, until the next call.</summary>
    public Span<float> Other(ref RandomStream stream, int before, out ReadOnlySpan<float> targets)
    {
        int sample = stream.NextBelow(data.Count);
        other = other.Length == 0 ? new float[data.InputSize] : other;
        // Only one change mixes, so that none of the first does.
        Write(sample, ref stream, before, other, default);
        targets = data.Targets.Slice(sample * data.TargetSize, data.TargetSize);
        return other;
    }

    /// <summary>.NET's random numbers, from here on in a stream.</summary>
    public StreamRandom RandomFrom(ref RandomStream stream)
    {
        random.Begin(new(stream.NextBits()));
        return random;
    }

    private void Write(int sample, ref RandomStream stream, int count, Span<float> values, Span<float> targets)
    {
        AffineMap map = AffineMap.Identity;
        bool isLoaded = false, isUnit = false;
        for (int step = 0; step < count; step++)
        {
            if (steps[step] is GeometricAugment geometric)
            {
                map = map.Then(geometric.Draw(ref stream, Size));
                continue;
            }
            Bring(sample, values, map, isUnit, ref isLoaded);
            map = AffineMap.Identity;
            var change = (PointAugment)steps[step];
            if (change.OfUnit != isUnit)
                Scale(values, isUnit = change.OfUnit);
            change.Apply(new(values, targets, ref stream, this, step));
        }
        Bring(sample, values, map, isUnit, ref isLoaded);
        if (isUnit)
            Scale(values, toUnit: false);
    }

    /// <summary>What the map makes of the sample, or of what became of it until now.</summary>
    private void Bring(int sample, Span<float> values, in AffineMap map, bool isUnit, ref bool isLoaded)
    {
        ReadOnlySpan<float> from = data.Sample(sample);
        if (map == AffineMap.Identity)
        {
            if (!isLoaded)
                from.CopyTo(values);
        }
        else
        {
            if (isLoaded)
            {
                values.CopyTo(spare);
                from = spare;
            }
            sampler!.Sample(map, from, isUnit ? null : data.Levels, values);
        }
        isLoaded = true;
    }

    private void Scale(Span<float> values, bool toUnit)
    {
        if (toUnit)
            data.Levels.ToUnit(values, Size.Area);
        else
            data.Levels.FromUnit(values, Size.Area);
    }
}
