using System.Diagnostics;

namespace NetGen.Reports;

/// <content>What a network is made of, and what is in it.</content>
public sealed partial class Report
{
    private const int MostMaps = 64;

    /// <summary>The layers: what each gives, and its parameters.</summary>
    /// <param name="net">The network.</param>
    public Report Layers(INetwork net)
    {
        ArgumentNullException.ThrowIfNull(net);
        using NetworkPass pass = net.CreatePass(batch: 1, threads: 1);
        return Table(
            FormattableString.Invariant($"{net.Name}: {net.Parameters.Where(parameter => parameter.IsTrainable || parameter.IsFrozen).Sum(parameter => (long)parameter.Shape.Size):N0} parameters, {net.State.Definition.MultiplyAdds:N0} multiply-adds for a sample."),
            ["layer", "output", "parameters"],
            pass.Activations.Names.Select(name => (IEnumerable<string>)[name, $"{pass.Activations.ShapeOf(name)}", Count(name)]));

        string Count(string layer)
        {
            long count = net.Parameters.Where(parameter => parameter.Name.StartsWith(layer + ".", StringComparison.Ordinal) && (parameter.IsTrainable || parameter.IsFrozen)).Sum(parameter => (long)parameter.Shape.Size);
            return count == 0 ? "" : FormattableString.Invariant($"{count:N0}");
        }
    }

    /// <summary>What predictions take, on one thread: the median of some tries with random samples.</summary>
    /// <param name="net">The network.</param>
    /// <param name="batches">Samples at a time.</param>
    public Report Timings(INetwork net, params ReadOnlySpan<int> batches)
    {
        const int Tries = 11;
        ArgumentNullException.ThrowIfNull(net);
        var rows = new List<string[]>();
        var random = new Random(1);
        foreach (int batch in batches)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1, nameof(batches));
            float[] inputs = [.. Enumerable.Range(0, checked(batch * net.InputShape.Size)).Select(_ => random.NextSingle() - 0.5f)], outputs = new float[checked(batch * net.OutputShape.Size)];
            net.Predict(inputs, outputs);
            var times = new double[Tries];
            for (int i = 0; i < Tries; i++)
            {
                long start = Stopwatch.GetTimestamp();
                net.Predict(inputs, outputs);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
            Array.Sort(times);
            rows.Add([HtmlWriter.Number(batch), FormattableString.Invariant($"{times[Tries / 2]:N1} µs"), FormattableString.Invariant($"{times[Tries / 2] / batch:N2} µs")]);
        }
        return Table("Time of a prediction", ["samples", "time", "for each"], rows);
    }

    /// <summary>A convolution's filters: in colour where they read three channels, otherwise the weights of one channel each, negative blue and positive red.</summary>
    /// <param name="weight">The weights, [out, in, height, width]; the first 64 pictures are shown.</param>
    /// <exception cref="ArgumentException">They are of another shape.</exception>
    public Report Filters(Parameter weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 4)
            throw new ArgumentException($"Weights of a convolution are expected, [out, in, height, width], and {weight} is given.", nameof(weight));
        (int channels, int height, int width) = (weight.Shape[1], weight.Shape[2], weight.Shape[3]);
        float[] values = weight.Values.ToArray();
        bool isColour = channels == 3;
        (float least, float greatest) = Picture.Range(values);
        int size = (isColour ? 3 : 1) * height * width;
        return Images(
            $"{weight.Name}: {(isColour ? "red, green and blue as weighted" : "negative weights blue, positive red")}; {Math.Min(MostMaps, values.Length / size)} of {values.Length / size}.",
            Enumerable.Range(0, Math.Min(MostMaps, values.Length / size)).Select(i =>
                (isColour ? Picture.Colour(values.AsSpan(i * size, size), height, width, least, greatest) : Picture.Signed(values.AsSpan(i * size, size), height, width), "")),
            Math.Clamp(48 / Math.Max(height, width), 1, 16));
    }

    /// <summary>What a layer makes of one sample, a picture for each channel, each from its least to its greatest value.</summary>
    /// <param name="net">The network.</param>
    /// <param name="layer">The layer's name, of which the output is [channels, height, width]; the first 64 channels are shown.</param>
    /// <param name="sample">The sample.</param>
    /// <exception cref="ArgumentException">There is no such layer, its output is of another shape, or the sample has another size.</exception>
    public Report Activations(INetwork net, string layer, ReadOnlySpan<float> sample)
    {
        ArgumentNullException.ThrowIfNull(net);
        using NetworkPass pass = net.CreatePass(batch: 1, threads: 1);
        pass.Forward(sample);
        Shape shape = pass.Activations.ShapeOf(layer);
        if (shape.Rank != 3)
            throw new ArgumentException($"The output of {layer} is {shape}; [channels, height, width] is expected.", nameof(layer));
        float[] maps = pass.Activations[layer].ToArray();
        int area = shape[1] * shape[2], count = Math.Min(MostMaps, shape[0]);
        return Images($"{layer} {shape}: {count} of {shape[0]} channels.",
            Enumerable.Range(0, count).Select(channel => (Picture.Grey(maps.AsSpan(channel * area, area), shape[1], shape[2]), "")), Zoom(shape));
    }
}
