using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// Fashion-MNIST: photos of clothing by Zalando (Xiao, Rasul and Vollgraf, 2017) in the form of <see cref="Mnist"/>: 60,000 to train on and
/// 10,000 to test on, each [1, 28, 28] of class 0 to 9 (<see cref="ClassNames"/>). Pixels are 0 for black and 1 for white, then, unless told
/// otherwise, normalised to (x - <see cref="Mean"/>) / <see cref="Std"/>.
/// </summary>
public static class FashionMnist
{
    /// <summary>Mean of the training pixels.</summary>
    public const float Mean = 0.2860f;

    /// <summary>Standard deviation of the training pixels.</summary>
    public const float Std = 0.3530f;

    private static readonly ImageArchive Archive = new(
        "fashion-mnist",
        [new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"), new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")],
        [
            new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ],
        Mean,
        Std);

    /// <summary>What the classes 0 to 9 are.</summary>
    public static ImmutableArray<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <inheritdoc cref="Mnist.DefaultMirrors"/>
    public static ImmutableArray<Uri> DefaultMirrors => Archive.Mirrors;

    /// <summary>Where <see cref="Download"/> keeps the files where no other folder is given: NetGen/fashion-mnist in the user's local application data.</summary>
    public static string DefaultFolder => Archive.CacheFolder;

    /// <inheritdoc cref="Mnist.Load"/>
    public static DataSplit Load(string folder, bool normalize = true) => Archive.Load(folder, normalize);

    /// <summary><see cref="DownloadAsync"/>, waited for.</summary>
    /// <inheritdoc cref="Mnist.DownloadAsync"/>
    public static DataSplit Download(
        string? folder = null, IEnumerable<Uri>? mirrors = null, bool normalize = true,
        IProgress<DownloadProgress>? progress = null, HttpClient? client = null, CancellationToken cancellation = default) =>
        Archive.Download(folder, mirrors, normalize, progress, client, cancellation);

    /// <summary>The same as <see cref="Mnist.DownloadAsync"/>, of files of 30.9 MB in all.</summary>
    /// <inheritdoc cref="Mnist.DownloadAsync"/>
    public static Task<DataSplit> DownloadAsync(
        string? folder = null, IEnumerable<Uri>? mirrors = null, bool normalize = true,
        IProgress<DownloadProgress>? progress = null, HttpClient? client = null, CancellationToken cancellation = default) =>
        Archive.DownloadAsync(folder, mirrors, normalize, progress, client, cancellation);
}
