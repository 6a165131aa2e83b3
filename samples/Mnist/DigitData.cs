using NetGen;

namespace MnistSample;

/// <summary>The digits to learn and to be tested on.</summary>
/// <param name="Train">What the network is trained on.</param>
/// <param name="Test">What it has never seen.</param>
/// <param name="Pictures">The test set as a person sees it: the same as <paramref name="Test"/> unless its pixels are permuted.</param>
/// <param name="Source">Which data these are, for people.</param>
/// <param name="Other">How to use the other data.</param>
internal sealed record DigitData(DataSet Train, DataSet Test, DataSet Pictures, string Source, string Other)
{
    /// <summary>The one order of <c>--permute</c>: the same in every run, so that a network trained with it can be used later.</summary>
    private static readonly Seed PermutationSeed = new(28);

    /// <summary>The one set of drawn digits.</summary>
    private static readonly Seed DrawingSeed = new(1);

    /// <summary>MNIST from a folder, downloaded into it first if that is asked for, or the drawn digits.</summary>
    /// <param name="folder">Null: the cache folder with <paramref name="download"/>, otherwise the drawn digits.</param>
    /// <param name="download">Whether to bring the files that are missing.</param>
    /// <param name="progress">Told as a download goes on.</param>
    /// <param name="cancellation">Ends a download.</param>
    public static async Task<DigitData> LoadAsync(
        string? folder, bool download, IProgress<DownloadProgress> progress, CancellationToken cancellation)
    {
        if (folder is null && !download)
        {
            DataSplit drawn = await Task.Run(() => DrawnDigits.Create(DrawingSeed), cancellation);
            return Of(drawn, "digits drawn by this program", "handwritten MNIST: --download, or --data FOLDER");
        }
        DataSplit mnist = download
            ? await Mnist.DownloadAsync(folder, progress: progress, cancellation: cancellation)
            : await Task.Run(() => Mnist.Load(folder!), cancellation);
        return Of(mnist, $"MNIST from {folder ?? Mnist.DefaultFolder}", "without --data or --download: drawn digits");
    }

    /// <summary>The same digits with the pixels of each in one other order: what is left to learn when neighbours are no neighbours.</summary>
    public DigitData Permuted() => this with
    {
        Train = Train.Permute(PermutationSeed),
        Test = Test.Permute(PermutationSeed),
        Source = $"{Source}, pixels permuted",
    };

    /// <summary>One prepared picture in the order that <see cref="Permuted"/> gives the pixels.</summary>
    public static float[] Permuted(float[] picture) =>
        new DataSet(new Shape(picture.Length), picture, new int[1], classCount: 1).Permute(PermutationSeed).Inputs.ToArray();

    private static DigitData Of(DataSplit split, string source, string other) =>
        new(split.Train, split.Test, split.Test, source, other);
}
