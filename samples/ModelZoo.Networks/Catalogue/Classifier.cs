using System.Collections.Immutable;
using System.Numerics.Tensors;
using NetGen;

namespace ModelZoo.Catalogue;

/// <summary>Tells what pictures show.</summary>
public sealed class Classifier
{
    private readonly ZooNetwork kind;
    private readonly INetwork network;
    private readonly PictureForm form;

    /// <summary>A classifier by a network.</summary>
    /// <param name="kind">Which network it is.</param>
    /// <param name="network">One of them.</param>
    /// <exception cref="ArgumentException">Its outputs are no classes.</exception>
    public Classifier(ZooNetwork kind, INetwork network)
    {
        (this.kind, this.network) = (kind, network);
        form = kind.Pictures ?? throw new ArgumentException($"{kind} gives no classes but {string.Join('×', kind.Definition.OutputShape.Extents)} values.");
    }

    /// <summary>Reads a picture from its path: PNG, PGM and PPM, unless told otherwise.</summary>
    public Func<string, RgbImage> Read { get; init; } = RgbImage.Read;

    /// <summary>Names of the classes; empty: they are told by number.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>How many classes the network tells apart.</summary>
    public int ClassCount => kind.Definition.OutputShape.Size - form.FirstClass;

    /// <summary>What a picture probably shows, the most probable first.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="count">How many guesses, at least 1.</param>
    /// <exception cref="ArgumentException">There are names, but not one for each class.</exception>
    /// <exception cref="DataFormatException">The picture is damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public ImmutableArray<Guess> Classify(string file, int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!ClassNames.IsEmpty && ClassNames.Length != ClassCount)
            throw new ArgumentException($"{kind} tells {ClassCount} classes apart, and {ClassNames.Length} names are given.");
        float[] probabilities = network.Predict(form.Prepare(Read(file), kind.Definition.InputShape));
        TensorPrimitives.SoftMax(probabilities, probabilities);
        return
        [
            .. Enumerable.Range(0, ClassCount).OrderByDescending(each => probabilities[form.FirstClass + each]).Take(count)
                .Select(each => new Guess(each, ClassNames.IsEmpty ? $"class {each}" : ClassNames[each], probabilities[form.FirstClass + each])),
        ];
    }
}
