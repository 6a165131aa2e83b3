using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// MNIST: handwritten digits by LeCun, Cortes and Burges, 60,000 to train on and 10,000 to test on, each [1, 28, 28] of class 0 to 9.
/// Pixels are 0 for black and 1 for white, then, unless told otherwise, normalised to (x - <see cref="Mean"/>) / <see cref="Std"/>.
/// </summary>
public static class Mnist
{
    /// <summary>Mean of the training pixels.</summary>
    public const float Mean = 0.1307f;

    /// <summary>Standard deviation of the training pixels.</summary>
    public const float Std = 0.3081f;

    private static readonly ImageArchive Archive = new(
        "mnist",
        [new("https://storage.googleapis.com/cvdf-datasets/mnist/"), new("https://ossci-datasets.s3.amazonaws.com/mnist/")],
        [
            new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ],
        Mean,
        Std);

    /// <summary>The mirrors that <see cref="Download"/> tries where no others are given.</summary>
    public static ImmutableArray<Uri> DefaultMirrors => Archive.Mirrors;

    /// <summary>Where <see cref="Download"/> keeps the files where no other folder is given: NetGen/mnist in the user's local application data.</summary>
    public static string DefaultFolder => Archive.CacheFolder;

    /// <summary>Reads the four IDX files of a folder, plain or .gz, under their original names or as <c>train-images.idx3-ubyte</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="normalize">False leaves pixels in 0..1.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It lacks one of the files.</exception>
    /// <exception cref="DataFormatException">A file is damaged, or is not of MNIST's form.</exception>
    public static DataSplit Load(string folder, bool normalize = true) => Archive.Load(folder, normalize);

    /// <summary><see cref="DownloadAsync"/>, waited for.</summary>
    /// <inheritdoc cref="DownloadAsync"/>
    public static DataSplit Download(
        string? folder = null, IEnumerable<Uri>? mirrors = null, bool normalize = true,
        IProgress<DownloadProgress>? progress = null, HttpClient? client = null, CancellationToken cancellation = default) =>
        Archive.Download(folder, mirrors, normalize, progress, client, cancellation);

    /// <summary>
    /// Downloads the files that the folder lacks (11.6 MB in all) and reads them. Each is checked by its SHA-256 before it gets its name; an
    /// interrupted download goes on where it ended.
    /// </summary>
    /// <param name="folder">Where to keep the files; null: <see cref="DefaultFolder"/>.</param>
    /// <param name="mirrors">Addresses of folders that hold the files, tried in this order; null: <see cref="DefaultMirrors"/>.</param>
    /// <param name="normalize">False leaves pixels in 0..1.</param>
    /// <param name="progress">Told as bytes arrive.</param>
    /// <param name="client">Sends the requests, through a proxy perhaps; null: a plain one.</param>
    /// <param name="cancellation">Ends the download; what has arrived is kept for the next.</param>
    /// <exception cref="IOException">No mirror gave a file with the right sum; the message tells what each did.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DataSplit> DownloadAsync(
        string? folder = null, IEnumerable<Uri>? mirrors = null, bool normalize = true,
        IProgress<DownloadProgress>? progress = null, HttpClient? client = null, CancellationToken cancellation = default) =>
        Archive.DownloadAsync(folder, mirrors, normalize, progress, client, cancellation);

    /// <summary>
    /// Turns an image of one digit into what a network trained on MNIST expects, [1, 28, 28], by the steps that MNIST was made with: white on
    /// black (dark ink on light paper is told by the border), cut to the digit, fitted into 20×20 with its proportions kept, its centre of
    /// mass in the middle. An image of MNIST stays as it is.
    /// </summary>
    /// <param name="image">The image, of any size: one digit on paper of nearly one level of grey.</param>
    /// <param name="normalize">True: pixels as <see cref="Load"/> normalises them; false: 0 for black to 1 for white.</param>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="ArgumentException">The image shows nothing.</exception>
    public static float[] Prepare(GrayImage image, bool normalize = true)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] pixels = DigitFrame.Fit(image);
        var input = new float[pixels.Length];
        (normalize ? new GrayLevels(Mean, Std) : new GrayLevels(0, 1)).Convert(pixels, input);
        return input;
    }
}
