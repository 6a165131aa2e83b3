using System.Collections.Immutable;

namespace NetGen;

/// <summary>A data set in MNIST's form: four IDX files of 28×28 grey images and of classes 0 to 9.</summary>
/// <param name="Folder">The name of its folder in the cache.</param>
/// <param name="Mirrors">Addresses that hold its files, the first to be tried first; each ends with a slash.</param>
/// <param name="Files">Training images, training labels, test images, test labels.</param>
/// <param name="Mean">Mean of the training pixels, 0 black and 1 white.</param>
/// <param name="Std">Their standard deviation.</param>
internal sealed record ImageArchive(string Folder, ImmutableArray<Uri> Mirrors, ImmutableArray<RemoteFile> Files, float Mean, float Std)
{
    private const int Side = 28, Classes = 10;

    /// <summary>Where downloads go: <c>NetGen</c> in the user's folder for local application data.</summary>
    public string CacheFolder
    {
        get
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "NetGen", Folder);
        }
    }

    /// <summary>Reads the four files.</summary>
    public DataSplit Load(string folder, bool normalize) => !Directory.Exists(folder)
        ? throw new DirectoryNotFoundException($"The folder '{folder}' does not exist; the data files are expected in it.")
        : new(
            Load(Find(folder, "train-images", 3), Find(folder, "train-labels", 1), normalize),
            Load(Find(folder, "t10k-images", 3), Find(folder, "t10k-labels", 1), normalize));

    /// <summary>Brings the files that are not there yet, then reads them.</summary>
    public async Task<DataSplit> DownloadAsync(
        string? folder, IEnumerable<Uri>? mirrors, bool normalize, IProgress<DownloadProgress>? progress, HttpClient? client, CancellationToken cancellation)
    {
        folder ??= CacheFolder;
        using HttpClient? own = client is null ? new HttpClient() : null;
        var downloader = new Downloader(client ?? own!, mirrors is null ? Mirrors : [.. mirrors.Select(WithSlash)], folder, progress);
        foreach (RemoteFile file in Files)
            await downloader.DownloadAsync(file, cancellation).ConfigureAwait(false);
        return Load(folder, normalize);
    }

    /// <summary>The same, waited for, on a thread whose synchronization context the caller does not block.</summary>
    public DataSplit Download(
        string? folder, IEnumerable<Uri>? mirrors, bool normalize, IProgress<DownloadProgress>? progress, HttpClient? client, CancellationToken cancellation) =>
        Task.Run(() => DownloadAsync(folder, mirrors, normalize, progress, client, cancellation), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Relative addresses replace what follows the last slash.</summary>
    private static Uri WithSlash(Uri mirror) => mirror.AbsoluteUri.EndsWith('/') ? mirror : new Uri(mirror.AbsoluteUri + "/");

    private static string Find(string folder, string name, int dimensions)
    {
        string[] names = [$"{name}-idx{dimensions}-ubyte", $"{name}.idx{dimensions}-ubyte"];
        string[] spellings = [.. names, .. names.Select(plain => plain + ".gz")];
        return spellings.Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"The folder '{folder}' holds none of {string.Join(", ", spellings)}.", Path.Combine(folder, spellings[0]));
    }

    private DataSet Load(string imagePath, string labelPath, bool normalize)
    {
        IdxFile images = IdxFile.Read(imagePath), labels = IdxFile.Read(labelPath);
        if (images.Extents is not [_, Side, Side])
        {
            throw new DataFormatException(imagePath,
                $"images of {Side}×{Side} are expected, N×{Side}×{Side}; {IdxFile.Describe(images.Extents)} is found");
        }
        if (labels.Extents is not [_])
        {
            throw new DataFormatException(labelPath,
                $"a list of labels is expected, one dimension; {IdxFile.Describe(labels.Extents)} is found");
        }
        if (images.Extents[0] != labels.Extents[0])
        {
            throw new DataFormatException(labelPath,
                $"a label is expected for each of the {images.Extents[0]} images of {Path.GetFileName(imagePath)}, {labels.Extents[0]} are found");
        }
        int wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        if (wrong >= 0)
            throw new DataFormatException(labelPath, $"label {wrong} is {labels.Values[wrong]}; 0..{Classes - 1} are expected");

        var pixels = new float[images.Values.Length];
        (normalize ? new GrayLevels(Mean, Std) : new GrayLevels(0, 1)).Convert(images.Values, pixels);
        var data = new DataSet(new Shape(1, Side, Side), pixels, Array.ConvertAll(labels.Values, label => (int)label), Classes);
        return normalize ? data.WithLevels(PixelLevels.Of([Mean], [Std])) : data;
    }
}
